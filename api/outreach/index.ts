import type { Endpoint } from '../http/endpoint.ts';
import {
  cancelBulkJobEndpoint,
  createBulkJobEndpoint,
  getBulkJobEndpoint,
  pauseBulkJobEndpoint,
  resumeBulkJobEndpoint,
} from './bulk.routes.ts';
import { CADENCE_ENDPOINTS } from './cadence-endpoints.ts';
import { configureWarmupEndpoint, readDeliverabilityEndpoint, readWarmupEndpoint } from './deliverability.routes.ts';
import { cancelEmailEndpoint, getEmailEndpoint, listEmailsEndpoint, sendEmailEndpoint } from './emails.routes.ts';
import { listInboundEndpoint, readInboundAttachmentEndpoint } from './inbound.routes.ts';
import {
  createSenderEndpoint,
  getSenderEndpoint,
  listSendersEndpoint,
  updateSenderEndpoint,
} from './senders.routes.ts';
import {
  addToBlacklistEndpoint,
  listBlacklistEndpoint,
  listBouncesEndpoint,
  listUnsubscribesEndpoint,
  removeFromBlacklistEndpoint,
} from './suppressions.routes.ts';
import {
  createTemplateEndpoint,
  deleteTemplateEndpoint,
  getTemplateEndpoint,
  listTemplatesEndpoint,
  previewTemplateEndpoint,
  updateTemplateEndpoint,
} from './templates.routes.ts';
import {
  listEmailEventsEndpoint,
  showUnsubscribeEndpoint,
  trackClickEndpoint,
  trackOpenEndpoint,
  unsubscribeEndpoint,
} from './tracking.routes.ts';
import { inboundMailWebhookEndpoint, sendgridWebhookEndpoint, twilioWebhookEndpoint } from './webhooks-in.routes.ts';

export const OUTREACH_ENDPOINTS: readonly Endpoint[] = [
  listTemplatesEndpoint,
  createTemplateEndpoint,
  getTemplateEndpoint,
  updateTemplateEndpoint,
  deleteTemplateEndpoint,
  previewTemplateEndpoint,
  listSendersEndpoint,
  createSenderEndpoint,
  getSenderEndpoint,
  updateSenderEndpoint,
  listEmailsEndpoint,
  sendEmailEndpoint,
  getEmailEndpoint,
  cancelEmailEndpoint,
  createBulkJobEndpoint,
  getBulkJobEndpoint,
  pauseBulkJobEndpoint,
  resumeBulkJobEndpoint,
  cancelBulkJobEndpoint,
  listEmailEventsEndpoint,
  trackOpenEndpoint,
  trackClickEndpoint,
  showUnsubscribeEndpoint,
  unsubscribeEndpoint,
  listUnsubscribesEndpoint,
  listBlacklistEndpoint,
  addToBlacklistEndpoint,
  removeFromBlacklistEndpoint,
  listBouncesEndpoint,
  readDeliverabilityEndpoint,
  readWarmupEndpoint,
  configureWarmupEndpoint,
  listInboundEndpoint,
  readInboundAttachmentEndpoint,
  sendgridWebhookEndpoint,
  inboundMailWebhookEndpoint,
  twilioWebhookEndpoint,
  ...CADENCE_ENDPOINTS,
];
