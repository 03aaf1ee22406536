import type { Endpoint } from '../http/endpoint.ts';
import { listDeliveriesEndpoint } from './deliveries.routes.ts';
import { createIntegrationEndpoint, getIntegrationEndpoint, listIntegrationsEndpoint } from './integrations.routes.ts';
import { convinWebhookEndpoint, telephonyWebhookEndpoint } from './telephony.routes.ts';

export const INTEGRATIONS_ENDPOINTS: readonly Endpoint[] = [
  createIntegrationEndpoint,
  listIntegrationsEndpoint,
  getIntegrationEndpoint,
  convinWebhookEndpoint,
  telephonyWebhookEndpoint,
  listDeliveriesEndpoint,
];
