/** What other wings may call. */
export {
  type CreateIntegrationInput,
  createIntegration,
  type IntegrationWithSecret,
} from './installed/create-integration.ts';
export { getIntegration, type IntegrationView, listIntegrations } from './installed/integration-view.ts';
export { INTEGRATIONS_PUBLIC_EVENTS } from './public-events.ts';
export { type CallWebhook, receiveCallWebhook } from './telephony/receive-webhook.ts';
export { type VerifiedSource, verifyDelivery } from './telephony/verify-delivery.ts';
