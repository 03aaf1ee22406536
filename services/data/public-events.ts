import { type PublicEvent, publicEvent } from '../core/public-events.ts';
import * as on from './events.ts';

const ID = '019a9f00-0000-7000-8000-0000000000aa';
const OTHER = '019a9f00-0000-7000-8000-0000000000bb';
const changed = {
  id: { type: 'uuid', example: ID },
  version: { type: 'integer', example: 2 },
} as const;
const merge = {
  mergeId: { type: 'uuid', example: OTHER },
  sourceId: { type: 'uuid', example: OTHER },
  targetId: { type: 'uuid', example: ID },
} as const;

/** What the facts tell the outside. Ingestion is left out: whoever sends facts knows of them, and they come in floods. */
export const DATA_PUBLIC_EVENTS: readonly PublicEvent[] = [
  publicEvent(on.interactionCorrected, 'An interaction was corrected', changed),
  publicEvent(on.interactionVoided, 'An interaction was voided', changed),
  publicEvent(on.conversionCorrected, 'A conversion was corrected', changed),
  publicEvent(on.conversionVoided, 'A conversion was voided', changed),
  publicEvent(on.spendCorrected, 'Spend was corrected', changed),
  publicEvent(on.spendVoided, 'Spend was voided', changed),
  publicEvent(on.customerMerged, 'Two customers turned out to be one', {
    ...merge,
    customerId: { type: 'uuid', about: 'Whose name both go by', example: ID },
  }),
  publicEvent(on.customerUnmerged, 'A merge of customers was undone', merge),
  publicEvent(on.customerErased, 'A person was erased', { requestId: { type: 'uuid', example: OTHER } }),
];
