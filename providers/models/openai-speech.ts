import OpenAI, { toFile } from 'openai';
import { ModelError } from '../../domain/agent/model.port.ts';
import type { Recording, Speech, SpeechUsage, Transcriber } from '../../domain/agent/transcriber.port.ts';
import type { Turn } from '../../domain/agent/transcript.rules.ts';
import { toModelError } from './errors.ts';

export interface OpenAiSpeechOptions {
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
  readonly model: string;
}

/** Fields of all forms of the answer; which of them come depends on the model. */
interface Answer {
  readonly text?: unknown;
  readonly duration?: unknown;
  readonly segments?: readonly { text?: unknown; start?: unknown; end?: unknown; speaker?: unknown }[];
  readonly usage?: { type?: string; seconds?: number; input_tokens?: number; output_tokens?: number };
}

/** Only this one tells speakers apart; Whisper tells times, the others text alone. */
const formatOf = (model: string): 'diarized_json' | 'verbose_json' | 'json' =>
  model.includes('diarize') ? 'diarized_json' : model.startsWith('whisper') ? 'verbose_json' : 'json';

export function createOpenAiTranscriber({ apiKey, baseUrl, model }: OpenAiSpeechOptions): Transcriber {
  // Repeating is the process's decision.
  const client = new OpenAI({ apiKey, baseURL: baseUrl ?? null, maxRetries: 0, logLevel: 'off' });
  return {
    provider: 'openai',
    model,
    async transcribe(recording, { timeoutMs, signal }) {
      try {
        const body = await bodyOf(model, recording);
        const options = { timeout: timeoutMs, ...(signal ? { signal } : {}) };
        return speechOf((await client.audio.transcriptions.create(body, options)) as Answer);
      } catch (error) {
        throw toModelError(error, signal?.aborted === true);
      }
    },
  };
}

const bodyOf = async (model: string, { bytes, format, language }: Recording) => ({
  file: await toFile(bytes, `recording.${format}`),
  model,
  response_format: formatOf(model),
  stream: false as const,
  // Without it a model that tells speakers apart takes half a minute at most.
  ...(formatOf(model) === 'diarized_json' ? { chunking_strategy: 'auto' as const } : {}),
  ...(language === null ? {} : { language }),
});

function speechOf(answer: Answer): Speech {
  if (typeof answer?.text !== 'string') throw new ModelError('malformed', 'The answer holds no text.');
  const segments = (answer.segments ?? []).flatMap((segment): Turn[] => {
    if (typeof segment?.text !== 'string') return [];
    const { text, speaker, start, end } = segment;
    return [
      {
        text,
        ...(typeof speaker === 'string' ? { speaker } : {}),
        ...(typeof start === 'number' && typeof end === 'number' ? { startSeconds: start, endSeconds: end } : {}),
      },
    ];
  });
  return { turns: segments.length > 0 ? segments : [{ text: answer.text }], usage: usageOf(answer) };
}

function usageOf({ usage, duration }: Answer): SpeechUsage | null {
  if (usage?.type === 'tokens') {
    return { kind: 'tokens', inputTokens: usage.input_tokens ?? 0, outputTokens: usage.output_tokens ?? 0 };
  }
  const seconds = usage?.seconds ?? Number(duration ?? Number.NaN);
  return Number.isFinite(seconds) ? { kind: 'seconds', seconds } : null;
}
