export { PLATFORM_PUBLIC_EVENTS } from '../public-events.ts';
export {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
  type WebhookEndpointFields,
  type WebhookEndpointWithSecret,
} from './change-endpoint.ts';
export {
  listWebhookLogs,
  retryWebhookLog,
  testWebhookEndpoint,
  type WebhookAttemptView,
  type WebhookLogView,
} from './deliveries.ts';
export {
  getWebhookEndpoint,
  listWebhookEndpoints,
  type WebhookEndpointDetail,
  type WebhookEndpointView,
} from './endpoint-view.ts';
export { listWebhookEvents, type PublicEventView } from './event-list.ts';
export { webhookReactions } from './fan-out.ts';
export { purgeWebhookLogs } from './purge-logs.ts';
export { listUnattendedQueues, restartQueue, type UnattendedQueue } from './queue.ts';
export { type Outcome, recordOutcomes } from './record-outcomes.ts';
export { type ReplayResult, replayWebhooks } from './replay.ts';
export { messageIdOf, newWebhookSecret, signWebhook } from './signing.ts';
export { type DueMessage, type DueWork, type QueueTarget, takeDue } from './take-due.ts';
export type { WebhookTools } from './tools.ts';
