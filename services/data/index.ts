/** What other wings and the API may call. */

export { collectHits, type Hit, type PageHit } from './behavior/collect-hits.ts';
export { type EventInput, ingestEvent } from './behavior/ingest-events.ts';
export { ingestPageView, type PageViewInput } from './behavior/ingest-page-views.ts';
export {
  conversionsIngested,
  customerErased,
  eventsIngested,
  interactionCorrected,
  interactionsIngested,
  interactionVoided,
  pageViewsIngested,
} from './events.ts';
export { addConversionParties, type PartyInput } from './facts/conversion-parties.ts';
export { type ConversionView, getConversion, listConversions } from './facts/conversion-view.ts';
export { correctConversion, voidConversion } from './facts/correct-conversion.ts';
export { correctInteraction, voidInteraction } from './facts/correct-interaction.ts';
export { majorUnits } from './facts/fact-filters.ts';
export type { StoredPlain } from './facts/ingest-plain.ts';
export { getInteraction, type InteractionView, listInteractions } from './facts/interaction-view.ts';
export { noteModelCost } from './facts/model-cost.ts';
export type { ConversionInput, InteractionInput, ParticipantInput } from './ingestion/facts.ts';
export { ingestConversion } from './ingestion/ingest-conversions.ts';
export type { StoredFact } from './ingestion/ingest-facts.ts';
export { ingestInteraction } from './ingestion/ingest-interactions.ts';
export { type CustomerDetail, findCustomers, getCustomer } from './journey/find-customers.ts';
export { type DuplicateView, listDuplicates } from './journey/list-duplicates.ts';
export { type MergeView, mergeCustomers, type UnmergeView, unmergeCustomer } from './journey/merge-customers.ts';
export { openPerson } from './journey/open-person.ts';
export { findPerson, type Person } from './journey/person.query.ts';
export { eraseAnswersNaming, eraseFilesOf } from './privacy/erase-copies.ts';
export { ERASE_BATCH } from './privacy/erase-texts.ts';
export type { PersonRecords, PersonSection } from './privacy/person-records.ts';
export {
  type Certificate,
  eraseCustomer,
  exportCustomer,
  getPrivacyRequest,
  type PrivacyRequestView,
  readExport,
  requestErasure,
  requestExport,
} from './privacy/privacy-request.ts';
export {
  beginPrivacyRequest,
  completePrivacyRequest,
  eraseBatch,
  exportSections,
  failPrivacyRequest,
  readExportRows,
} from './privacy/privacy-steps.ts';
export { listRetentions, type Retention, retainBatch, retainRecords } from './privacy/retention.ts';
export { DATA_PUBLIC_EVENTS } from './public-events.ts';
export { correctSpend, voidSpend } from './spend/correct-spend.ts';
export { ingestSpend, type SpendInput } from './spend/ingest-spend.ts';
export { getSpend, listSpend, type SpendView } from './spend/spend-view.ts';
export { createAgent, getAgent, listAgents, updateAgent } from './vendors/agents.ts';
export { createVendor, deleteVendor, updateVendor } from './vendors/change-vendor.ts';
export { missingReferences } from './vendors/references.ts';
export { getVendor, listVendors, type VendorDetail, type VendorView } from './vendors/vendor-view.ts';
