import type { Endpoint } from '../http/endpoint.ts';

export const SERVICE_ENDPOINTS: readonly Endpoint[] = [];
