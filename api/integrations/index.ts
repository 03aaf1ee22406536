import type { Endpoint } from '../http/endpoint.ts';

export const INTEGRATIONS_ENDPOINTS: readonly Endpoint[] = [];
