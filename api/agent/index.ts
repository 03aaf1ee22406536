import type { Endpoint } from '../http/endpoint.ts';

export const AGENT_ENDPOINTS: readonly Endpoint[] = [];
