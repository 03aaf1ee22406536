/** What other wings, activities and the API may call. */
export { blockBudget, takeBudget, trackCall } from './grants/budget.ts';
export { credentialsPlace, type OpenConnection, openConnection, type SharedCredentials } from './grants/connection.ts';
export { completeOAuth, organizationOfState, startOAuth } from './grants/oauth.ts';
export { forgetGrant, grantToRevoke } from './grants/revocation.ts';
export { loseGrant, releaseClaim, storeTokens, type TokenState, takeToken, tokenPlace } from './grants/tokens.ts';
export { removeIntegration, updateIntegration } from './installed/change-integration.ts';
export { type AnySettings, type IntegrationWithSecret, installIntegration } from './installed/install-integration.ts';
export { type IntegrationStatus, readIntegrationStatus } from './installed/integration-status.ts';
export { getIntegration, type IntegrationView, listIntegrations } from './installed/integration-view.ts';
export { rotateIntegrationSecret } from './installed/rotate-secret.ts';
export { webhookSecretPlace } from './installed/source.ts';
export { listMarketplace, listReviews, type MarketplaceEntry, writeReview } from './marketplace/marketplace.ts';
export { previewStreamMapping } from './marketplace/preview-mapping.ts';
export { INTEGRATIONS_PUBLIC_EVENTS } from './public-events.ts';
export { STREAMS, streamOf } from './streams/index.ts';
export type { Stream } from './streams/stream.ts';
export { failSync } from './syncs/end-sync.ts';
export { keepOutlet } from './syncs/keep-outlet.ts';
export { remoteFieldsOf } from './syncs/links.ts';
export { dueRecords } from './syncs/quarantine.ts';
export { cancelSync, requestSync, startSync } from './syncs/request-sync.ts';
export { keepOutgoing, type Outgoing, prepareOutgoing, readOutgoing } from './syncs/send-records.ts';
export { SYNC_RECORDS } from './syncs/sync-privacy.ts';
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
export { passOver, takeRecordPage, takeRecordsAgain, unseenLinks } from './syncs/take-records.ts';
export { type CallWebhook, receiveCallWebhook } from './telephony/receive-webhook.ts';
export { createDeliveryVerifier, type VerifiedSource, type VerifyDelivery } from './telephony/verify-delivery.ts';
export { readIntegrationUsage, type Usage } from './usage/usage.ts';
export { receiveProviderWebhook } from './webhooks/receive-provider-webhook.ts';
