/** The way out for every message; also what upper wings may call. */
export { createSendDispatcher, type SendDispatcherDeps } from './dispatch-sends.ts';
export { eraseRecipient } from './erase-recipient.ts';
export { createMailing, type MailingOptions } from './mailing.ts';
export { createOutboxTransport } from './outbox-transport.ts';
export { type Mailing, type MailPlan, planMail, requireTransport } from './plan-mail.ts';
export { type MessagePlan, planMessage } from './plan-message.ts';
export { purgeOutbox } from './purge-outbox.ts';
export { getOutboxMessage, listOutbox, type OutboxMessage } from './read-outbox.ts';
export type { GuardedSend, SendGuard, SendHold, SendObserver, SettledSend } from './send-guards.ts';
export { settleByReport } from './send-steps.ts';
export { REST, releaseSends, restSends, withdrawSends } from './withdraw-sends.ts';
