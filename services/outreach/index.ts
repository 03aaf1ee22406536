/** What other wings, activities, the API and setup code may call. */

export { attendEmail, type EmailAttention } from './emails/attend-email.ts';
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
export { settleEmail } from './emails/settle-email.ts';
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
export { senderHasRoom } from './senders/sender-room.ts';
export { getSender, listSenders, type SenderView } from './senders/sender-view.ts';
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
