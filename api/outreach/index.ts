import type { Endpoint } from '../http/endpoint.ts';

export const OUTREACH_ENDPOINTS: readonly Endpoint[] = [];
