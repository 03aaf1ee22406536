/** What other wings, activities, the API and setup code may call. */

export { attendBulkJob, type BulkAttention } from './bulk/attend-bulk.ts';
export { BULK_STATUSES, type BulkDetail, type BulkJobView, getBulkJob } from './bulk/bulk-view.ts';
export { cancelBulkJob, createBulkJob, pauseBulkJob, resumeBulkJob } from './bulk/change-bulk.ts';
export { attendEmail, type EmailAttention } from './emails/attend-email.ts';
export { EMAIL_RECORDS } from './emails/email-privacy.ts';
export {
  EMAIL_CATEGORIES,
  EMAIL_STATUSES,
  type EmailCategory,
  type EmailStatus,
  type EmailSummary,
  type EmailView,
  getEmail,
  listEmails,
  readEmail,
} from './emails/email-view.ts';
export { type EmailPlan, type PlannedEmail, planEmail, type TouchSource } from './emails/plan-email.ts';
export { cancelEmail, sendEmail } from './emails/send-email.ts';
export { settleEmail, settleSms } from './emails/settle-email.ts';
export { emailBounced, messageReceived } from './events.ts';
export { readInboundAttachment } from './inbound/inbound-attachments.ts';
export { listInboundMessages } from './inbound/list-inbound.ts';
export {
  openSource,
  receiveInboundMail,
  receiveSendGridEvents,
  requireSendGridSignature,
  requireTwilioSignature,
  type Source,
} from './inbound/receive.ts';
export { receiveSms } from './inbound/sms.ts';
export { createInboxWorker, type InboxDeps } from './inbound/work-off-inbox.ts';
export { organizationOfLink } from './links.ts';
export { type OutreachPlan, type PlannedOutreach, planOutreachSend, type SmsPlan } from './plan-send.ts';
export { OUTREACH_PUBLIC_EVENTS } from './public-events.ts';
export {
  type CheckedDomain,
  checkDomain,
  createSender,
  domainOf,
  getSenderDomain,
  updateSender,
} from './senders/change-sender.ts';
export { readDeliverability } from './senders/deliverability.ts';
export { senderHasRoom } from './senders/sender-room.ts';
export { getSender, listSenders, type SenderView } from './senders/sender-view.ts';
export { configureWarmup, readWarmup } from './senders/warmup.ts';
export {
  addToBlacklist,
  BLACKLIST_REASONS,
  BOUNCE_TYPES,
  listBlacklist,
  listBounces,
  listUnsubscribes,
  removeFromBlacklist,
} from './suppressions/stop-lists.ts';
export { readUnsubscribeLink, storeUnsubscribe, unsubscribeByLink } from './suppressions/unsubscribe.ts';
export { contactIsAllowed, suppressedAddresses, suppressedNumber } from './suppressions/why-suppressed.ts';
export { createTemplate, deleteTemplate, updateTemplate } from './templates/change-template.ts';
export { messageValues } from './templates/message-values.ts';
export { previewTemplate } from './templates/preview-template.ts';
export {
  getTemplate,
  listTemplates,
  TEMPLATE_CATEGORIES,
  TEMPLATE_SORTS,
  type TemplateView,
} from './templates/template-view.ts';
export type { OutreachTools } from './tools.ts';
export { EMAIL_EVENT_TYPES, listEmailEvents } from './tracking/email-events.ts';
export { recordClick, recordOpen, recordVisit } from './tracking/record-visit.ts';
