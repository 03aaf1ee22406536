import OpenAI from 'openai';
import {
  type ModelCallOptions,
  ModelError,
  type ModelProvider,
  type ModelReply,
  type ModelRequest,
} from '../../domain/agent/model.port.ts';
import { toModelError } from './errors.ts';

export interface OpenAiOptions {
  /** `google` speaks the same language under its own base URL. */
  readonly name: 'openai' | 'google';
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
}

export function createOpenAiProvider({ name, apiKey, baseUrl }: OpenAiOptions): ModelProvider {
  // Repeating is the gateway's decision; two layers of retries would multiply.
  const client = new OpenAI({ apiKey, baseURL: baseUrl ?? null, maxRetries: 0, logLevel: 'off' });
  return {
    name,
    async complete(model, request, options) {
      try {
        return await (options.onText ? stream : once)(client, model, request, options);
      } catch (error) {
        throw toModelError(error, options.signal?.aborted === true);
      }
    },
  };
}

const bodyOf = (model: string, { system, user, schema, maxOutputTokens }: ModelRequest) => ({
  model,
  max_completion_tokens: maxOutputTokens,
  messages: [
    { role: 'system' as const, content: system },
    { role: 'user' as const, content: user },
  ],
  ...(schema
    ? {
        response_format: {
          type: 'json_schema' as const,
          json_schema: { name: schema.name, schema: { ...schema.json }, strict: true },
        },
      }
    : {}),
});

const callOptions = ({ signal, timeoutMs }: ModelCallOptions) => ({
  timeout: timeoutMs,
  ...(signal ? { signal } : {}),
});

async function once(
  client: OpenAI,
  model: string,
  request: ModelRequest,
  options: ModelCallOptions,
): Promise<ModelReply> {
  const answer = await client.chat.completions.create(bodyOf(model, request), callOptions(options));
  const choice = answer.choices?.[0];
  if (!choice) throw new ModelError('malformed', 'The answer holds no choice.');
  return {
    text: choice.message?.content ?? '',
    finish: finishOf(choice.finish_reason, choice.message?.refusal),
    usage: usageOf(answer.usage),
  };
}

async function stream(
  client: OpenAI,
  model: string,
  request: ModelRequest,
  options: ModelCallOptions,
): Promise<ModelReply> {
  const body = { ...bodyOf(model, request), stream: true as const, stream_options: { include_usage: true } };
  const pieces = await client.chat.completions.create(body, callOptions(options));
  let text = '';
  let refusal = '';
  let finish: string | null = null;
  let usage: OpenAI.CompletionUsage | null | undefined;
  for await (const piece of pieces) {
    const choice = piece.choices?.[0];
    const added = choice?.delta?.content ?? '';
    text += added;
    refusal += choice?.delta?.refusal ?? '';
    finish = choice?.finish_reason ?? finish;
    usage = piece.usage ?? usage;
    if (added !== '') options.onText?.(added);
  }
  if (finish === null) throw new ModelError('outage', 'The stream ended in the middle of the answer.');
  return { text, finish: finishOf(finish, refusal || null), usage: usageOf(usage) };
}

const finishOf = (reason: string | null, refusal: string | null | undefined): ModelReply['finish'] => {
  if (refusal || reason === 'content_filter') return 'refusal';
  return reason === 'length' ? 'length' : 'stop';
};

/** `prompt_tokens` includes what came from the cache. */
const usageOf = (usage: OpenAI.CompletionUsage | null | undefined) => ({
  inputTokens: usage?.prompt_tokens ?? 0,
  outputTokens: usage?.completion_tokens ?? 0,
  cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
});
