import Anthropic from '@anthropic-ai/sdk';
import {
  type ModelCallOptions,
  ModelError,
  type ModelProvider,
  type ModelReply,
  type ModelRequest,
} from '../../domain/agent/model.port.ts';
import { toModelError } from './errors.ts';

export function createAnthropicProvider(options: {
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
}): ModelProvider {
  // Repeating is the gateway's decision; two layers of retries would multiply.
  const client = new Anthropic({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? null,
    maxRetries: 0,
    logLevel: 'off',
  });
  return {
    name: 'anthropic',
    async complete(model, request, call) {
      try {
        return await (call.onText ? stream : once)(client, model, request, call);
      } catch (error) {
        throw toModelError(error, call.signal?.aborted === true);
      }
    },
  };
}

const bodyOf = (model: string, { system, user, schema, maxOutputTokens }: ModelRequest) => ({
  model,
  max_tokens: maxOutputTokens,
  system,
  messages: [{ role: 'user' as const, content: user }],
  ...(schema ? { output_config: { format: { type: 'json_schema' as const, schema: { ...schema.json } } } } : {}),
});

const callOptions = ({ signal, timeoutMs }: ModelCallOptions) => ({
  timeout: timeoutMs,
  ...(signal ? { signal } : {}),
});

async function once(
  client: Anthropic,
  model: string,
  request: ModelRequest,
  options: ModelCallOptions,
): Promise<ModelReply> {
  return replyOf(await client.messages.create(bodyOf(model, request), callOptions(options)));
}

async function stream(
  client: Anthropic,
  model: string,
  request: ModelRequest,
  options: ModelCallOptions,
): Promise<ModelReply> {
  const pieces = client.messages.stream(bodyOf(model, request), callOptions(options));
  pieces.on('text', (piece) => options.onText?.(piece));
  return replyOf(await pieces.finalMessage());
}

function replyOf(message: Anthropic.Message): ModelReply {
  if (!Array.isArray(message.content)) throw new ModelError('malformed', 'The answer holds no content.');
  const { usage, stop_reason: stop } = message;
  const cached = usage?.cache_read_input_tokens ?? 0;
  return {
    text: message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    finish:
      stop === 'refusal'
        ? 'refusal'
        : stop === 'max_tokens' || stop === 'model_context_window_exceeded'
          ? 'length'
          : 'stop',
    usage: {
      // The vendor counts what came from the cache, and what went into it, apart.
      inputTokens: (usage?.input_tokens ?? 0) + (usage?.cache_creation_input_tokens ?? 0) + cached,
      outputTokens: usage?.output_tokens ?? 0,
      cachedTokens: cached,
    },
  };
}
