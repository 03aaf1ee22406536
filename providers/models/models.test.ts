import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../domain/agent/model.port.ts';
import { createAnthropicProvider } from './anthropic.ts';
import { createModels } from './index.ts';
import { createOpenAiProvider } from './openai.ts';

const request: ModelRequest = {
  system: 'Be brief.',
  user: 'Hello',
  schema: { name: 'mood', json: { type: 'object' } },
  maxOutputTokens: 77,
  offline: () => 'unused',
};
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = (response: ServerResponse) => void;

/** A stand-in for a vendor: answers as told and keeps what it was asked. */
async function vendor(answer: Answer) {
  const asked: { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }[] = [];
  const server = createServer(async (incoming, response) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    asked.push({ path: incoming.url!, headers: incoming.headers, body: JSON.parse(text) });
    answer(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const json =
  (value: unknown, status = 200, headers = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };
const openAiAnswer = {
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '{"mood":"good"}' } }],
  usage: { prompt_tokens: 40, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 30 } },
};
const anthropicAnswer = {
  id: 'm',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: '{"mood":"good"}' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 30, cache_creation_input_tokens: 2 },
};

const KINDS = {
  openai: {
    create: (baseUrl: string) => createOpenAiProvider({ name: 'openai', apiKey: 'k', baseUrl }),
    good: openAiAnswer,
    input: 40,
    refusal: { choices: [{ index: 0, finish_reason: 'stop', message: { content: null, refusal: 'I cannot' } }] },
    cut: { choices: [{ index: 0, finish_reason: 'length', message: { content: '{"mo' } }] },
  },
  anthropic: {
    create: (baseUrl: string) => createAnthropicProvider({ apiKey: 'k', baseUrl }),
    good: anthropicAnswer,
    input: 42,
    refusal: { ...anthropicAnswer, content: [], stop_reason: 'refusal' },
    cut: { ...anthropicAnswer, stop_reason: 'max_tokens' },
  },
};

describe.each(Object.entries(KINDS))('the way to %s', (name, { create, good, input, refusal, cut }) => {
  const ask = async (answer: Answer, options = {}) => {
    const { asked, url } = await vendor(answer);
    const outcome = await create(url)
      .complete('a-model', request, { timeoutMs: 5_000, ...options })
      .catch((error: unknown) => error);
    return { asked, outcome };
  };

  it('asks once, with the schema and the limit, and counts tokens the same way everywhere', async () => {
    const { asked, outcome } = await ask(json(good));
    expect(outcome).toEqual({
      text: '{"mood":"good"}',
      finish: 'stop',
      usage: { inputTokens: input, outputTokens: 5, cachedTokens: 30 },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]!.body).toMatchObject({ model: 'a-model' });
    expect(JSON.stringify(asked[0]!.body)).toContain('"json_schema"');
    expect(JSON.stringify(asked[0]!.body)).toContain('77');
  });

  it.each([
    [
      'too many requests',
      json({ error: {} }, 429, { 'retry-after': '7' }),
      { failure: 'rate_limited', retryAfterSeconds: 7 },
    ],
    ['a failing vendor', json({ error: {} }, 503), { failure: 'outage' }],
    ['a broken text', json('{"choices": [', 200), { failure: 'malformed' }],
    ['an answer without content', json({ id: 'x' }), { failure: 'malformed' }],
    ['wrong credentials', json({ error: {} }, 401), { failure: 'rejected' }],
    ['a dead connection', (response: ServerResponse) => response.destroy(), { failure: 'outage' }],
    ['silence', () => {}, { failure: 'timeout' }],
  ] as const)('names %s, after one request', async (what, answer, expected) => {
    // A busy machine may be slow to answer; only who says nothing is waited for in vain.
    const { asked, outcome } = await ask(answer as Answer, what === 'silence' ? { timeoutMs: 300 } : {});
    expect(outcome).toMatchObject({ name: 'ModelError', ...expected });
    expect(asked).toHaveLength(1);
  });

  it('names refusals and cut answers', async () => {
    expect((await ask(json(refusal))).outcome).toMatchObject({ finish: 'refusal' });
    expect((await ask(json(cut))).outcome).toMatchObject({ finish: 'length' });
  });

  it('ends when it is cancelled', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    const { outcome } = await ask(() => {}, { timeoutMs: 5_000, signal: abort.signal });
    expect(outcome).toMatchObject({ failure: 'cancelled' });
  });

  it('tells each piece of a stream, and what it cost', async () => {
    const events =
      name === 'openai'
        ? [
            { choices: [{ index: 0, delta: { content: 'Hel' } }] },
            { choices: [{ index: 0, delta: { content: 'lo' }, finish_reason: 'stop' }] },
            { choices: [], usage: openAiAnswer.usage },
          ]
        : [
            { type: 'message_start', message: { ...anthropicAnswer, content: [], stop_reason: null } },
            { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
            { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
            { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'lo' } },
            { type: 'content_block_stop', index: 0 },
            { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
            { type: 'message_stop' },
          ];
    const pieces: string[] = [];
    const { outcome } = await ask(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const event of events) {
          response.write(`${'type' in event ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
        }
        response.end(name === 'openai' ? 'data: [DONE]\n\n' : '');
      },
      { timeoutMs: 2_000, onText: (piece: string) => void pieces.push(piece) },
    );
    expect(outcome).toMatchObject({ text: 'Hello', finish: 'stop', usage: { inputTokens: input, outputTokens: 5 } });
    expect(pieces.join('')).toBe('Hello');
  });
});

describe('the models of an installation', () => {
  const none = { apiKey: undefined, baseUrl: undefined, model: 'm' };

  it('are those that it has keys for, and the built-in one where it has none', async () => {
    const openai = { ...none, transcriptionModels: ['whisper-1'] };
    const off = await createModels({ openai, anthropic: { ...none, smallModel: 's' }, googleAi: none });
    expect(off.entries.map(({ id }) => id)).toEqual(['offline']);
    const two = await createModels({
      openai,
      anthropic: { ...none, apiKey: 'k', smallModel: 's' },
      googleAi: { ...none, apiKey: 'k' },
    });
    expect(two.entries.map(({ id }) => id)).toEqual(['claude-sonnet', 'claude-haiku', 'gemini-pro']);
    expect(two.providers.map((provider) => provider.name)).toEqual(['anthropic', 'google']);
  });
});
