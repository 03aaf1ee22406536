import type { EnrichmentField, EnrichmentProviderCode } from './enrichment.rules.ts';

/** Whom a provider is asked about: what is known, by the names of the API. */
export interface EnrichmentSubject {
  readonly kind: 'prospect' | 'account';
  readonly known: Readonly<Record<string, unknown>>;
  /** What is still missing; a provider that charges by field asks for these alone. */
  readonly wanted: readonly EnrichmentField[];
}

export interface EnrichmentCost {
  readonly amountMinor: number;
  readonly currency: string;
}

export type EnrichmentAnswer =
  /** As the provider says it; checked before any of it is stored. */
  | {
      readonly status: 'found';
      readonly fields: Readonly<Record<string, unknown>>;
      readonly cost?: EnrichmentCost | undefined;
    }
  | { readonly status: 'not_found'; readonly cost?: EnrichmentCost | undefined }
  /** Ask again later; nothing was charged. */
  | { readonly status: 'limited'; readonly retryAfterSeconds: number }
  /** It will not answer, however often it is asked: wrong key, no credits left. */
  | { readonly status: 'refused'; readonly reason: string };

/** One provider of facts about people and companies. */
export interface EnrichmentProvider {
  readonly code: EnrichmentProviderCode;
  readonly subjects: readonly EnrichmentSubject['kind'][];
  /** Rejects when it could not be reached or made no sense; it is asked again then. */
  lookUp(apiKey: string, subject: EnrichmentSubject, signal: AbortSignal): Promise<EnrichmentAnswer>;
}
