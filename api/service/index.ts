import type { Endpoint } from '../http/endpoint.ts';
import {
  createCannedResponseEndpoint,
  deleteCannedResponseEndpoint,
  listCannedResponsesEndpoint,
  updateCannedResponseEndpoint,
} from './canned-responses.routes.ts';
import {
  createMailboxEndpoint,
  deleteMailboxEndpoint,
  listMailboxesEndpoint,
  receiveMailEndpoint,
} from './inbound.routes.ts';
import {
  createRoutingRuleEndpoint,
  deleteRoutingRuleEndpoint,
  dryRunRoutingEndpoint,
  listRoutingRulesEndpoint,
  updateRoutingRuleEndpoint,
} from './routing.routes.ts';
import {
  createSlaEndpoint,
  deleteSlaEndpoint,
  listSlasEndpoint,
  updateSlaEndpoint,
  whatIfSlaEndpoint,
} from './slas.routes.ts';
import {
  answerSurveyEndpoint,
  createSurveyLinkEndpoint,
  listSurveysEndpoint,
  rateTicketEndpoint,
  showSurveyEndpoint,
} from './surveys.routes.ts';
import {
  attachFileEndpoint,
  mergeTicketsEndpoint,
  readAttachmentEndpoint,
  splitTicketEndpoint,
  undoTicketMergeEndpoint,
} from './ticket-more.routes.ts';
import {
  assignTicketEndpoint,
  createTicketEndpoint,
  getTicketEndpoint,
  listTicketRepliesEndpoint,
  listTicketsEndpoint,
  readTicketSlaEndpoint,
  replyToTicketEndpoint,
  updateTicketEndpoint,
} from './tickets.routes.ts';

export const SERVICE_ENDPOINTS: readonly Endpoint[] = [
  listTicketsEndpoint,
  createTicketEndpoint,
  getTicketEndpoint,
  updateTicketEndpoint,
  assignTicketEndpoint,
  replyToTicketEndpoint,
  listTicketRepliesEndpoint,
  readTicketSlaEndpoint,
  mergeTicketsEndpoint,
  undoTicketMergeEndpoint,
  splitTicketEndpoint,
  attachFileEndpoint,
  readAttachmentEndpoint,
  createSurveyLinkEndpoint,
  listSurveysEndpoint,
  rateTicketEndpoint,
  showSurveyEndpoint,
  answerSurveyEndpoint,
  receiveMailEndpoint,
  listMailboxesEndpoint,
  createMailboxEndpoint,
  deleteMailboxEndpoint,
  listSlasEndpoint,
  createSlaEndpoint,
  updateSlaEndpoint,
  deleteSlaEndpoint,
  whatIfSlaEndpoint,
  listRoutingRulesEndpoint,
  createRoutingRuleEndpoint,
  updateRoutingRuleEndpoint,
  deleteRoutingRuleEndpoint,
  dryRunRoutingEndpoint,
  listCannedResponsesEndpoint,
  createCannedResponseEndpoint,
  updateCannedResponseEndpoint,
  deleteCannedResponseEndpoint,
];
