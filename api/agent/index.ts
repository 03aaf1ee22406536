import type { Endpoint } from '../http/endpoint.ts';
import { CONVERSATION_ENDPOINTS } from './conversations.routes.ts';
import {
  emailVariantsEndpoint,
  generateEmailEndpoint,
  listAiModelsEndpoint,
  previewEmailEndpoint,
} from './writer.routes.ts';

export const AGENT_ENDPOINTS: readonly Endpoint[] = [
  generateEmailEndpoint,
  emailVariantsEndpoint,
  previewEmailEndpoint,
  listAiModelsEndpoint,
  ...CONVERSATION_ENDPOINTS,
];
