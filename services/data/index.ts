/** What other wings and the API may call. */
export type { ConversionInput, InteractionInput } from './ingestion/facts.ts';
export { ingestConversion } from './ingestion/ingest-conversions.ts';
export type { StoredFact } from './ingestion/ingest-facts.ts';
export { ingestInteraction } from './ingestion/ingest-interactions.ts';
export { findPerson, type Person } from './journey/person.query.ts';
