import type { ModelProviderName, ModelUsage } from './model.port.ts';

/** Of one model from a day on. Nano-dollars per token: a dollar per million tokens is 1,000 of them. */
export interface ModelPrice {
  readonly id: string;
  readonly model: string;
  readonly effectiveFrom: string;
  readonly inputNanos: number;
  readonly outputNanos: number;
  readonly cachedNanos: number;
  /** Where it was read. */
  readonly source: string;
  readonly checkedOn: string;
}

const ANTHROPIC = { source: 'platform.claude.com, pages of the models', checkedOn: '2026-11-20' };
const OPENAI = {
  source: 'github.com/github/docs, data/tables/copilot/models-and-pricing.yml, as OpenAI lists it',
  checkedOn: '2026-11-21',
};

/**
 * Published prices of an input, an output and a cached token, the latter as a fresh one where nothing lower is sure. A
 * model that is not here has an unknown price, never a price of nothing: Google's alias `gemini-pro-latest` names no model.
 */
export const MODEL_PRICES: readonly ModelPrice[] = [
  price('claude-opus-5-5', '2026-01-01', [4, 20, 4], ANTHROPIC),
  price('claude-sonnet-5-5', '2026-01-01', [2, 10, 2], ANTHROPIC),
  price('claude-haiku-5-5', '2026-01-01', [0.1, 0.5, 0.1], ANTHROPIC),
  price('gpt-4.1', '2025-04-14', [2, 8, 0.5], OPENAI),
  price('offline', '2026-01-01', [0, 0, 0], { source: 'Built in', checkedOn: '2026-11-21' }),
];

function price(
  model: string,
  effectiveFrom: string,
  [input, output, cached]: readonly [number, number, number],
  origin: Pick<ModelPrice, 'source' | 'checkedOn'>,
): ModelPrice {
  const nanos = (dollarsPerMillion: number) => Math.round(dollarsPerMillion * 1_000);
  return {
    id: `${model}@${effectiveFrom}`,
    model,
    effectiveFrom,
    inputNanos: nanos(input),
    outputNanos: nanos(output),
    cachedNanos: nanos(cached),
    ...origin,
  };
}

/** What a token of unknown price counts against a budget: dearer than any model on the market, so no limit is passed. */
export const UNKNOWN_PRICE = { inputNanos: 30_000, outputNanos: 120_000, cachedNanos: 30_000 } as const;

/** Of a day. What somebody says they pay (`own`) comes before what is published. */
export function priceOn(model: string, day: string, own: readonly ModelPrice[] = []): ModelPrice | null {
  const latest = (prices: readonly ModelPrice[]) =>
    prices
      .filter((row) => row.model === model && row.effectiveFrom <= day)
      .toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
      .at(-1);
  return latest(own) ?? latest(MODEL_PRICES) ?? null;
}

/** In millionths of a dollar, rounded up. */
export function costMicros(rate: Pick<ModelPrice, 'inputNanos' | 'outputNanos' | 'cachedNanos'>, usage: ModelUsage) {
  const fresh = Math.max(usage.inputTokens - usage.cachedTokens, 0);
  const nanos = fresh * rate.inputNanos + usage.cachedTokens * rate.cachedNanos + usage.outputTokens * rate.outputNanos;
  return Math.ceil(nanos / 1_000);
}

/** Tokens of a vendor's own framing of a request. */
const FRAME_TOKENS = 500;

/** The most that a call can use: no tokenizer makes more tokens than a text has bytes. */
export const mostUsage = (requestBytes: number, maxOutputTokens: number): ModelUsage => ({
  inputTokens: requestBytes + FRAME_TOKENS,
  outputTokens: maxOutputTokens,
  cachedTokens: 0,
});

/** A model that this installation may use. */
export interface ModelEntry {
  readonly id: string;
  readonly label: string;
  readonly provider: ModelProviderName;
  /** The vendor's name for it. */
  readonly wireName: string;
  /** 1 to 5: what can be entrusted to it. */
  readonly quality: number;
}
