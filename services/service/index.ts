/** What other wings, activities, the API and setup code may call. */

export {
  createCannedResponse,
  deleteCannedResponse,
  listCannedResponses,
  updateCannedResponse,
} from './canned-responses/canned-responses.ts';
export {
  createMailbox,
  deleteMailbox,
  findMailbox,
  listMailboxes,
} from './inbound/mailboxes.ts';
export { type ReceivedMail, receiveMail } from './inbound/receive-mail.ts';
export { SERVICE_PUBLIC_EVENTS } from './public-events.ts';
export type { RuleVerdict } from './routing/route-ticket.ts';
export {
  createRoutingRule,
  deleteRoutingRule,
  dryRunRouting,
  listRoutingRules,
  updateRoutingRule,
} from './routing/routing-rules.ts';
export { attendTicket, type TicketAttention } from './slas/attend-ticket.ts';
export { createSla, deleteSla, listSlas, updateSla } from './slas/sla-policies.ts';
export { readSlaState } from './slas/sla-state.ts';
export { type WhatIf, whatIfSla } from './slas/what-if.ts';
export {
  answerSurveyPage,
  rateTicket,
  readSurveyPage,
  recordRating,
  type SurveyOnPage,
} from './surveys/answer-survey.ts';
export { readSurveyToken } from './surveys/survey-link.ts';
export {
  attendSurvey,
  createSurveyLink,
  listSurveys,
  type SurveyAttention,
} from './surveys/surveys.ts';
export { assignTicket } from './tickets/assign-ticket.ts';
export { attachFile, readAttachment } from './tickets/attachments.ts';
export { moveWithClock } from './tickets/change-status.ts';
export { createTicket, openTicket } from './tickets/create-ticket.ts';
export { mergeTickets, undoTicketMerge } from './tickets/merge-tickets.ts';
export { replyToTicket, writeReply } from './tickets/reply-to-ticket.ts';
export { listReplies, type ReplyView } from './tickets/reply-view.ts';
export { splitTicket } from './tickets/split-ticket.ts';
export { TICKET_KNOWLEDGE } from './tickets/ticket-knowledge.ts';
export { TICKET_RECORDS } from './tickets/ticket-privacy.ts';
export { lockTicket } from './tickets/ticket-row.ts';
export { getTicket, listTickets, type TicketDetail, type TicketView } from './tickets/ticket-view.ts';
export { updateTicket } from './tickets/update-ticket.ts';
