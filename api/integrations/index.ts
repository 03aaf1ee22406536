import type { Endpoint } from '../http/endpoint.ts';
import { listDeliveriesEndpoint } from './deliveries.routes.ts';
import { INSTALLED_ENDPOINTS } from './installed.routes.ts';
import { INTEGRATION_ENDPOINTS } from './integrations.routes.ts';
import { MARKETPLACE_ENDPOINTS, OAUTH_ENDPOINTS, providerWebhookEndpoint } from './marketplace.routes.ts';
import { convinWebhookEndpoint, telephonyWebhookEndpoint } from './telephony.routes.ts';

export const INTEGRATIONS_ENDPOINTS: readonly Endpoint[] = [
  ...INTEGRATION_ENDPOINTS,
  ...MARKETPLACE_ENDPOINTS,
  ...INSTALLED_ENDPOINTS,
  ...OAUTH_ENDPOINTS,
  providerWebhookEndpoint,
  convinWebhookEndpoint,
  telephonyWebhookEndpoint,
  listDeliveriesEndpoint,
];
