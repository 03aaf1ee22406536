import { defineEvent } from '../core/events.ts';

/** One event per ingested group, never one per row. */
export const interactionsIngested = defineEvent<{ count: number; ids: string[] }>(
  'interactions.ingested',
  'interaction',
);
export const conversionsIngested = defineEvent<{ count: number; ids: string[] }>('conversions.ingested', 'conversion');

/** A correction or a voiding made this version the current one. */
interface FactChanged {
  id: string;
  version: number;
}
export const interactionCorrected = defineEvent<FactChanged>('interaction.corrected', 'interaction');
export const interactionVoided = defineEvent<FactChanged>('interaction.voided', 'interaction');
export const conversionCorrected = defineEvent<FactChanged>('conversion.corrected', 'conversion');
export const conversionVoided = defineEvent<FactChanged>('conversion.voided', 'conversion');
export const spendCorrected = defineEvent<FactChanged>('spend.corrected', 'spend');
export const spendVoided = defineEvent<FactChanged>('spend.voided', 'spend');

export const spendIngested = defineEvent<{ count: number; ids: string[] }>('spend.ingested', 'spend');
export const eventsIngested = defineEvent<{ count: number; ids: string[] }>('events.ingested', 'event');
export const pageViewsIngested = defineEvent<{ count: number; ids: string[] }>('page_views.ingested', 'page_view');

export const customerMerged = defineEvent<{ mergeId: string; sourceId: string; targetId: string; customerId: string }>(
  'customer.merged',
  'customer',
);
export const customerUnmerged = defineEvent<{ mergeId: string; sourceId: string; targetId: string }>(
  'customer.unmerged',
  'customer',
);
export const customerErased = defineEvent<{ requestId: string }>('customer.erased', 'customer');
