import type { Endpoint } from '../http/endpoint.ts';
import { CADENCE_ENDPOINTS } from './cadence-endpoints.ts';
import { cancelEmailEndpoint, getEmailEndpoint, listEmailsEndpoint, sendEmailEndpoint } from './emails.routes.ts';
import {
  createSenderEndpoint,
  getSenderEndpoint,
  listSendersEndpoint,
  updateSenderEndpoint,
} from './senders.routes.ts';
import {
  createTemplateEndpoint,
  deleteTemplateEndpoint,
  getTemplateEndpoint,
  listTemplatesEndpoint,
  previewTemplateEndpoint,
  updateTemplateEndpoint,
} from './templates.routes.ts';

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
  ...CADENCE_ENDPOINTS,
];
