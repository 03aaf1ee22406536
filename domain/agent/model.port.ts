/** What a call to a model is for; routing, ledger and prompts speak of it. */
export const MODEL_PURPOSES = ['write', 'draft', 'research', 'classify', 'qualify', 'insight'] as const;
export type ModelPurpose = (typeof MODEL_PURPOSES)[number];

/** What calls are made for; a transcript is written by a model that reads no prompt. */
export const CALL_PURPOSES = [...MODEL_PURPOSES, 'transcribe'] as const;
export type CallPurpose = (typeof CALL_PURPOSES)[number];

export const MODEL_PROVIDERS = ['openai', 'anthropic', 'google', 'offline'] as const;
export type ModelProviderName = (typeof MODEL_PROVIDERS)[number];

export interface ModelRequest {
  readonly system: string;
  readonly user: string;
  /** JSON schema that the answer has to follow; null: plain text. */
  readonly schema: { readonly name: string; readonly json: Readonly<Record<string, unknown>> } | null;
  readonly maxOutputTokens: number;
  /** The answer of the built-in model, which composes it from the same facts without a server. */
  readonly offline: () => string;
}

export interface ModelUsage {
  /** All tokens read, those from a cache included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
}

/** `length`: cut off at its limit; `refusal`: the model will not answer. */
export interface ModelReply {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'refusal';
  readonly usage: ModelUsage;
}

export interface ModelCallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  /** Told of each piece of text as it comes; makes the call a streaming one. */
  readonly onText?: (piece: string) => void;
}

/** The way to one vendor's models. One request per call: repeating is the gateway's decision. */
export interface ModelProvider {
  readonly name: ModelProviderName;
  /** @throws ModelError */
  complete(model: string, request: ModelRequest, options: ModelCallOptions): Promise<ModelReply>;
}

/** `rejected`: the vendor understood the request and will never take it (credentials, parameters). */
export type ModelFailure = 'rate_limited' | 'outage' | 'timeout' | 'malformed' | 'rejected' | 'cancelled';

export class ModelError extends Error {
  readonly failure: ModelFailure;
  readonly retryAfterSeconds: number | undefined;

  constructor(failure: ModelFailure, message: string, options: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ModelError';
    this.failure = failure;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
