import type { EnrichmentProvider } from '../../domain/crm/enrichment.port.ts';

/** The providers that there is a way to. A request of an organization that has none of them ends as skipped. */
export const ENRICHMENT_ADAPTERS: readonly EnrichmentProvider[] = [];
