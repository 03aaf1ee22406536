import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { recordingFormat } from '../../domain/agent/recording.rules.ts';
import { createOpenAiTranscriber } from './openai-speech.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** The published answers of developers.openai.com, API reference, "Create transcription". */
const DIARIZED = {
  task: 'transcribe',
  duration: 27.4,
  text: "Agent: Thanks for calling OpenAI support.\nA: Hi, I'm trying to enable diarization.\nAgent: Happy to walk you through the steps.",
  segments: [
    {
      type: 'transcript.text.segment',
      id: 'seg_001',
      start: 0.0,
      end: 4.7,
      text: 'Thanks for calling OpenAI support.',
      speaker: 'agent',
    },
    {
      type: 'transcript.text.segment',
      id: 'seg_002',
      start: 4.7,
      end: 11.8,
      text: "Hi, I'm trying to enable diarization.",
      speaker: 'A',
    },
    {
      type: 'transcript.text.segment',
      id: 'seg_003',
      start: 12.1,
      end: 18.5,
      text: 'Happy to walk you through the steps.',
      speaker: 'agent',
    },
  ],
  usage: { type: 'duration', seconds: 27 },
};
const VERBOSE = {
  task: 'transcribe',
  language: 'english',
  duration: 8.470000267028809,
  text: 'The beach was a popular spot on a hot summer day.',
  segments: [
    { id: 0, seek: 0, start: 0.0, end: 3.319999933242798, text: ' The beach was a popular spot on a hot summer day.' },
  ],
  usage: { type: 'duration', seconds: 9 },
};
const JSON_ANSWER = {
  text: "Imagine the wildest idea that you've ever had",
  usage: {
    type: 'tokens',
    input_tokens: 14,
    input_token_details: { text_tokens: 0, audio_tokens: 14 },
    output_tokens: 45,
    total_tokens: 59,
  },
};
/** Half a second of silence as 8 kHz telephone sound. */
const WAV = Buffer.concat([
  Buffer.from('RIFF'),
  Buffer.from([0xc4, 0x0f, 0, 0]),
  Buffer.from('WAVEfmt '),
  Buffer.from([16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0]),
  Buffer.from('data'),
  Buffer.from([0xa0, 0x0f, 0, 0]),
  Buffer.alloc(4_000, 0x80),
]);
const recording = { bytes: new Uint8Array(WAV), format: 'wav' as const, language: 'en' };

async function vendor(status: number, answer: unknown) {
  const asked: { path: string; type: string; body: Buffer }[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    asked.push({
      path: incoming.url!,
      type: String(incoming.headers['content-type']),
      body: Buffer.concat(chunks),
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => server.close());
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const ask = async (model: string, answer: unknown, status = 200) => {
  const { asked, url } = await vendor(status, answer);
  const transcriber = createOpenAiTranscriber({ apiKey: 'k', baseUrl: url, model });
  const outcome = await transcriber.transcribe(recording, { timeoutMs: 2_000 }).catch((error: unknown) => error);
  const [request] = asked;
  const form = await new Response(new Uint8Array(request!.body), {
    headers: { 'content-type': request!.type },
  }).formData();
  return { outcome, form, path: request!.path, requests: asked.length };
};

describe('the way to a model that writes down a recording', () => {
  it('sends the recording as it is, asks for speakers, and reads times and speakers back', async () => {
    const { outcome, form, path } = await ask('gpt-4o-transcribe-diarize', DIARIZED);
    expect(path).toBe('/audio/transcriptions');
    const file = form.get('file') as File;
    expect([file.name, Buffer.from(await file.arrayBuffer()).equals(WAV)]).toEqual(['recording.wav', true]);
    expect(['model', 'response_format', 'chunking_strategy', 'language'].map((name) => form.get(name))).toEqual([
      'gpt-4o-transcribe-diarize',
      'diarized_json',
      'auto',
      'en',
    ]);
    expect(outcome).toEqual({
      turns: DIARIZED.segments.map(({ text, speaker, start, end }) => ({
        text,
        speaker,
        startSeconds: start,
        endSeconds: end,
      })),
      usage: { kind: 'seconds', seconds: 27 },
    });
  });

  it('takes times without speakers from Whisper, and text alone from whom nothing else comes', async () => {
    const whisper = await ask('whisper-1', VERBOSE);
    expect([whisper.form.get('response_format'), whisper.form.get('chunking_strategy')]).toEqual([
      'verbose_json',
      null,
    ]);
    expect(whisper.outcome).toMatchObject({ turns: [{ startSeconds: 0, endSeconds: VERBOSE.segments[0]!.end }] });
    expect((await ask('gpt-4o-transcribe', JSON_ANSWER)).outcome).toEqual({
      turns: [{ text: JSON_ANSWER.text }],
      usage: { kind: 'tokens', inputTokens: 14, outputTokens: 45 },
    });
  });

  it.each([
    ['too many requests', 429, {}, 'rate_limited'],
    ['a recording that it does not take', 400, { error: { message: 'longer than 1400 seconds' } }, 'rejected'],
    ['a failing vendor', 500, {}, 'outage'],
    ['an answer without text', 200, { usage: {} }, 'malformed'],
  ])('names %s, after one request', async (_, status, answer, failure) => {
    const { outcome, requests } = await ask('gpt-4o-transcribe-diarize', answer, status);
    expect([(outcome as { failure: string }).failure, requests]).toEqual([failure, 1]);
  });
});

describe('what a recording is', () => {
  it.each([
    ['RIFF____WAVE', 'wav'],
    ['OggS', 'ogg'],
    ['fLaC', 'flac'],
    ['ID3', 'mp3'],
    ['____ftypM4A ', 'm4a'],
    ['<!doctype html>', null],
    ['', null],
  ])('is said by its beginning: %j', (text, format) => {
    expect(recordingFormat(Buffer.from(text))).toBe(format);
    expect(recordingFormat(Uint8Array.of(0xff, 0xfb, 0x90))).toBe('mp3');
    expect(recordingFormat(Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3))).toBe('webm');
  });
});
