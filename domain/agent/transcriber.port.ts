import type { ModelProviderName } from './model.port.ts';
import type { RecordingFormat } from './recording.rules.ts';
import type { Turn } from './transcript.rules.ts';

export interface Recording {
  readonly bytes: Uint8Array;
  readonly format: RecordingFormat;
  /** Two letters of ISO 639-1, where somebody has said so; null: the vendor listens for itself. */
  readonly language: string | null;
}

/** What the vendor says that it bills: tokens heard and written, or seconds. */
export type SpeechUsage =
  | { readonly kind: 'tokens'; readonly inputTokens: number; readonly outputTokens: number }
  | { readonly kind: 'seconds'; readonly seconds: number };

export interface Speech {
  /** With times and speakers as far as the model tells them. */
  readonly turns: readonly Turn[];
  /** Null: the vendor did not say. */
  readonly usage: SpeechUsage | null;
}

/** The way to one model that writes down what was said. One request per call. */
export interface Transcriber {
  readonly provider: ModelProviderName;
  /** The vendor's name of the model. */
  readonly model: string;
  /** @throws ModelError; `rejected`: this model does not take the recording */
  transcribe(recording: Recording, options: { timeoutMs: number; signal?: AbortSignal }): Promise<Speech>;
}
