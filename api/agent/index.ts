import type { Endpoint } from '../http/endpoint.ts';
import { CONVERSATION_ENDPOINTS } from './conversations.routes.ts';

export const AGENT_ENDPOINTS: readonly Endpoint[] = [...CONVERSATION_ENDPOINTS];
