import type { Speech, SpeechUsage } from './transcriber.port.ts';

/** Of a model that writes down what was said. Nano-dollars. */
export interface TranscriptionPrice {
  readonly id: string;
  readonly model: string;
  readonly effectiveFrom: string;
  /** Per token heard and written. */
  readonly inputNanos: number;
  readonly outputNanos: number;
  /** Per second heard: what is billed where no tokens are told, and what is reserved. */
  readonly secondNanos: number;
  readonly source: string;
  readonly checkedOn: string;
}

const OPENAI = {
  source: 'developers.openai.com, pricing, transcription: per million tokens, and the estimate per minute',
  checkedOn: '2026-11-22',
};

/** Six dollars a million tokens heard, ten a million written; 0.006 dollars a minute. */
export const TRANSCRIPTION_PRICES: readonly TranscriptionPrice[] = [
  { ...price('gpt-4o-transcribe-diarize', 6_000, 10_000, 100_000), effectiveFrom: '2025-10-15', ...OPENAI },
  { ...price('gpt-4o-transcribe', 6_000, 10_000, 100_000), effectiveFrom: '2025-03-20', ...OPENAI },
  { ...price('gpt-4o-mini-transcribe', 3_000, 5_000, 50_000), effectiveFrom: '2025-03-20', ...OPENAI },
  { ...price('whisper-1', 0, 0, 100_000), effectiveFrom: '2023-03-01', ...OPENAI },
];

function price(model: string, inputNanos: number, outputNanos: number, secondNanos: number) {
  return { id: `${model}@transcription`, model, inputNanos, outputNanos, secondNanos };
}

/** Dearer than any on the market: what an unknown model counts against a budget. */
export const UNKNOWN_TRANSCRIPTION = { inputNanos: 30_000, outputNanos: 120_000, secondNanos: 1_000_000 } as const;

type Rate = Pick<TranscriptionPrice, 'inputNanos' | 'outputNanos' | 'secondNanos'>;

export const transcriptionPrice = (model: string): TranscriptionPrice | null =>
  TRANSCRIPTION_PRICES.find((one) => one.model === model) ?? null;

/** In millionths of a dollar, rounded up. */
export function transcriptionMicros(rate: Rate, usage: SpeechUsage): number {
  const nanos =
    usage.kind === 'seconds'
      ? usage.seconds * rate.secondNanos
      : usage.inputTokens * rate.inputNanos + usage.outputTokens * rate.outputNanos;
  return Math.ceil(nanos / 1_000);
}

/** No codec of speech makes less than a kilobyte of a second, so no recording is longer than its size allows. */
const LEAST_BYTES_PER_SECOND = 1_000;

export const mostSeconds = (bytes: number): number => Math.ceil(bytes / LEAST_BYTES_PER_SECOND);

/** What is billed where the vendor tells nothing: the time until the last word, else all that the size allows. */
export function usageOf({ usage, turns }: Speech, bytes: number): SpeechUsage {
  if (usage !== null) return usage;
  const ends = turns.flatMap(({ endSeconds }) => endSeconds ?? []);
  return { kind: 'seconds', seconds: ends.length > 0 ? Math.max(...ends) : mostSeconds(bytes) };
}
