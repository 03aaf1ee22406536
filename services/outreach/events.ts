import type { InboundKind } from '../../domain/outreach/inbound-kind.rules.ts';
import { defineEvent } from '../core/events.ts';

export const emailSent = defineEvent<{ id: string }>('email.sent', 'email');
export const emailOpened = defineEvent<{ id: string }>('email.opened', 'email');
export const emailClicked = defineEvent<{ id: string; link: number | null }>('email.clicked', 'email');
/** Clicks that counted as a person's were a scanner's, or an earlier one than the first has come to light. */
export const clicksCorrected = defineEvent<{ id: string }>('email.clicks_corrected', 'email');
/** For good: a dead address, a complaint, or the last of several tries. */
export const emailBounced = defineEvent<{ id: string; kind: 'hard' | 'soft' | 'complaint' }>('email.bounced', 'email');
export const emailUnsubscribed = defineEvent<{ id: string; emailId: string | null; prospectId: string | null }>(
  'email.unsubscribed',
  'email_unsubscribe',
);
/** A message came in, on whatever channel; `kind` says what it is, and only some are answers. */
export const messageReceived = defineEvent<{
  id: string;
  kind: InboundKind;
  emailId: string | null;
  prospectId: string | null;
  returnsOn: string | null;
}>('email.received', 'inbound_message');
export const smsOptedOut = defineEvent<{ id: string; prospectId: string | null }>('sms.opted_out', 'sms_opt_out');
export const senderPaused = defineEvent<{ id: string; reason: string }>('sender.paused', 'sender');
export const bulkEmailCompleted = defineEvent<{ id: string }>('bulk_email.completed', 'bulk_email_job');
export const smsSent = defineEvent<{ id: string }>('sms.sent', 'send');
