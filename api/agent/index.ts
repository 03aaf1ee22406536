import type { Endpoint } from '../http/endpoint.ts';
import {
  bdrDashboardEndpoint,
  bdrPerformanceEndpoint,
  configureBdrEndpoint,
  getBdrConfigEndpoint,
  pauseBdrEndpoint,
  resumeBdrEndpoint,
} from './bdr-config.routes.ts';
import {
  acceptBdrHandoffEndpoint,
  getBdrHandoffEndpoint,
  listBdrHandoffsEndpoint,
  rejectBdrHandoffEndpoint,
} from './bdr-handoffs.routes.ts';
import {
  approveBdrMessageEndpoint,
  decideLinkedMessageEndpoint,
  editBdrApprovalEndpoint,
  getLinkedMessageEndpoint,
  listBdrApprovalsEndpoint,
  recordBdrReplyEndpoint,
  rejectBdrMessageEndpoint,
} from './bdr-messages.routes.ts';
import { reportAgentsEndpoint } from './bdr-metrics.routes.ts';
import {
  getBdrContextEndpoint,
  getBdrWorkflowEndpoint,
  listBdrActivitiesEndpoint,
  listBdrDecisionsEndpoint,
  listBdrDiscoveryEndpoint,
  listBdrTasksEndpoint,
  listBdrWorkflowsEndpoint,
  startBdrProspectEndpoint,
  stopBdrProspectEndpoint,
} from './bdr-work.routes.ts';
import { CONVERSATION_ENDPOINTS } from './conversations.routes.ts';
import { AI_LEDGER_ENDPOINTS } from './ledger.routes.ts';
import { AI_ROUTING_ENDPOINTS } from './routing.routes.ts';
import {
  bestPerformersEndpoint,
  emailVariantsEndpoint,
  generateEmailEndpoint,
  listAiModelsEndpoint,
  previewEmailEndpoint,
} from './writer.routes.ts';

export const AGENT_ENDPOINTS: readonly Endpoint[] = [
  generateEmailEndpoint,
  emailVariantsEndpoint,
  previewEmailEndpoint,
  bestPerformersEndpoint,
  listAiModelsEndpoint,
  ...AI_LEDGER_ENDPOINTS,
  ...AI_ROUTING_ENDPOINTS,
  getBdrConfigEndpoint,
  configureBdrEndpoint,
  pauseBdrEndpoint,
  resumeBdrEndpoint,
  bdrDashboardEndpoint,
  bdrPerformanceEndpoint,
  reportAgentsEndpoint,
  listBdrTasksEndpoint,
  listBdrActivitiesEndpoint,
  listBdrDecisionsEndpoint,
  listBdrWorkflowsEndpoint,
  getBdrWorkflowEndpoint,
  listBdrDiscoveryEndpoint,
  getBdrContextEndpoint,
  recordBdrReplyEndpoint,
  startBdrProspectEndpoint,
  stopBdrProspectEndpoint,
  listBdrApprovalsEndpoint,
  editBdrApprovalEndpoint,
  approveBdrMessageEndpoint,
  rejectBdrMessageEndpoint,
  getLinkedMessageEndpoint,
  decideLinkedMessageEndpoint,
  listBdrHandoffsEndpoint,
  getBdrHandoffEndpoint,
  acceptBdrHandoffEndpoint,
  rejectBdrHandoffEndpoint,
  ...CONVERSATION_ENDPOINTS,
];
