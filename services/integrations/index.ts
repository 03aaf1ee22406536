/** What other wings, activities and the API may call. */
export { blockBudget, takeBudget, trackCall } from './grants/budget.ts';
export { credentialsPlace, type OpenConnection, openConnection } from './grants/connection.ts';
export { completeOAuth, organizationOfState, startOAuth } from './grants/oauth.ts';
export { loseGrant, releaseClaim, storeTokens, type TokenState, takeToken } from './grants/tokens.ts';
export {
  type CreateIntegrationInput,
  createIntegration,
  type IntegrationWithSecret,
} from './installed/create-integration.ts';
export { getIntegration, type IntegrationView, listIntegrations } from './installed/integration-view.ts';
export { INTEGRATIONS_PUBLIC_EVENTS } from './public-events.ts';
export { STREAMS, streamOf } from './streams/index.ts';
export type { Stream } from './streams/stream.ts';
export { failSync } from './syncs/end-sync.ts';
export { dueRecords } from './syncs/quarantine.ts';
export { cancelSync, requestSync, startSync } from './syncs/request-sync.ts';
export {
  beginAttempt,
  commitStep,
  type Ended,
  finishSync,
  nextPosition,
  type OpenSync,
  openScheduledSync,
  type Phase,
  type StepResult,
} from './syncs/sync-steps.ts';
export { listSyncs, type SyncView } from './syncs/sync-view.ts';
export { incoming, readCursor, type StreamPlace, takeFactPage, takeFactsAgain } from './syncs/take-facts.ts';
export { type CallWebhook, receiveCallWebhook } from './telephony/receive-webhook.ts';
export { type VerifiedSource, verifyDelivery } from './telephony/verify-delivery.ts';
