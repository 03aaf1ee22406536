import { AGENT_ENDPOINTS } from './agent/index.ts';
import { BEACON_ENDPOINTS } from './beacon/beacon.routes.ts';
import { CRM_ENDPOINTS } from './crm/index.ts';
import { DATA_ENDPOINTS } from './data/index.ts';
import { DOCS_ENDPOINTS } from './docs/docs.routes.ts';
import { HEALTH_ENDPOINTS } from './health/health.routes.ts';
import type { Endpoint } from './http/endpoint.ts';
import type { SystemEndpoint } from './http/system-endpoint.ts';
import { INSIGHT_ENDPOINTS } from './insight/index.ts';
import { INTEGRATIONS_ENDPOINTS } from './integrations/index.ts';
import { OUTREACH_ENDPOINTS } from './outreach/index.ts';
import { PLATFORM_ENDPOINTS } from './platform/index.ts';
import { SERVICE_ENDPOINTS } from './service/index.ts';

/** Every endpoint of both faces; router, documentation and walking suites start from this list. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...PLATFORM_ENDPOINTS,
  ...DATA_ENDPOINTS,
  ...CRM_ENDPOINTS,
  ...OUTREACH_ENDPOINTS,
  ...AGENT_ENDPOINTS,
  ...INSIGHT_ENDPOINTS,
  ...SERVICE_ENDPOINTS,
  ...INTEGRATIONS_ENDPOINTS,
];

/** Probes, documents and pages about the process itself. */
export const SYSTEM_ENDPOINTS: readonly SystemEndpoint[] = [
  ...HEALTH_ENDPOINTS,
  ...DOCS_ENDPOINTS,
  ...BEACON_ENDPOINTS,
];
