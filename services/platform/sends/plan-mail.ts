import { AppError } from '../../../domain/core/errors.ts';
import type { CalendarPart, MailAddress, MailContent, SendPurpose } from '../../../domain/platform/mail.port.ts';
import { type MailText, renderMail } from '../../../domain/platform/mail.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import type { Secrets } from '../../core/secrets.ts';
import { planMessage } from './plan-message.ts';

/** What it takes to write a mail of the product; one per process. */
export interface Mailing {
  /** Address that mails of the product come from. */
  readonly from: string;
  /** Where links in mails lead. */
  readonly publicUrl: string;
  /** Name of the transport; null: none is set up, and whoever wants to send is told so. */
  readonly transport: string | null;
  readonly secrets: Secrets;
}

/** @throws AppError unavailable `MAIL_NOT_CONFIGURED`. */
export function requireTransport({ transport }: Mailing): void {
  if (transport !== null) return;
  throw new AppError('unavailable', 'MAIL_NOT_CONFIGURED', 'This installation has no way to send mail.', {
    hint: 'An operator sets up a mail provider; development installations have a built-in outbox.',
    retryAfterSeconds: 3_600,
  });
}

export interface MailPlan {
  /** One key, one mail: planning it again changes nothing. */
  readonly dedupeKey: string;
  readonly purpose: SendPurpose;
  readonly to: MailAddress;
  /** What it is about; guards ask it whether the mail is still wanted. */
  readonly subject: { readonly type: string; readonly id: string };
  readonly mail: MailText;
  readonly calendar?: CalendarPart;
}

/**
 * Enters a mail into the ledger, in the caller's transaction: it leaves exactly when that commits.
 * @returns the id of the send, or null when this key was planned before
 */
export async function planMail(ctx: Ctx, mailing: Mailing, plan: MailPlan): Promise<string | null> {
  requireTransport(mailing);
  const host = new URL(mailing.publicUrl).hostname;
  const content: MailContent = {
    ...renderMail(plan.mail),
    headers: { 'Message-ID': `<${uuidv7()}@${host}>`, 'Auto-Submitted': 'auto-generated' },
    ...(plan.calendar ? { calendar: plan.calendar } : {}),
  };
  const { dedupeKey, purpose, to, subject } = plan;
  return planMessage(ctx, mailing, { dedupeKey, purpose, to, subject, channel: 'email', from: mailing.from, content });
}
