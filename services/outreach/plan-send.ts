import { sql } from 'kysely';
import { AppError, invalid } from '../../domain/core/errors.ts';
import type { MissingPolicy, TemplateValues } from '../../domain/outreach/template.rules.ts';
import { renderTemplate } from '../../domain/outreach/template.rules.ts';
import type { SendPurpose } from '../../domain/platform/mail.port.ts';
import type { Ctx } from '../core/context.ts';
import { planMessage } from '../platform/sends/index.ts';
import { type EmailPlan, type PlannedEmail, planEmail, type TouchSource } from './emails/plan-email.ts';
import { linkSigner } from './links.ts';
import { suppressedNumber } from './suppressions/why-suppressed.ts';
import { messageValues } from './templates/message-values.ts';
import type { OutreachTools } from './tools.ts';

export interface SmsPlan {
  readonly channel: 'sms';
  readonly prospectId: string;
  /** Places are filled as those of an e-mail are. */
  readonly text: string;
  readonly variables?: TemplateValues;
  readonly missingVariables?: MissingPolicy;
  readonly purpose: Extract<SendPurpose, 'marketing' | 'sequence' | 'one_to_one' | 'transactional'>;
  readonly userId?: string | null;
  readonly dedupeKey: string;
  readonly touch?: TouchSource;
}

export type OutreachPlan = ({ readonly channel: 'email'; readonly dedupeKey: string } & EmailPlan) | SmsPlan;

export interface PlannedOutreach {
  readonly channel: 'email' | 'sms';
  /** Null for a suppressed or scheduled one. */
  readonly sendId: string | null;
  readonly emailId: string | null;
  readonly status: PlannedEmail['status'];
  readonly suppressedBy: string | null;
  /** The key was planned before. */
  readonly isRepeated: boolean;
}

/**
 * Plans a rendered message of either channel in the ledger, in the caller's transaction: the way out for everything that
 * outreach does by itself. One key is one message, however often it is planned. Guards hold it back as they see fit.
 * @throws AppError validation; conflict `SENDER_NOT_READY`; unavailable `MAIL_NOT_CONFIGURED`
 */
export async function planOutreachSend(ctx: Ctx, tools: OutreachTools, plan: OutreachPlan): Promise<PlannedOutreach> {
  if (plan.channel === 'sms') return planSms(ctx, tools, plan);
  const { channel, ...email } = plan;
  const { id, ...planned } = await planEmail(ctx, tools, email);
  const { status, suppressedBy, sendId, isRepeated } = planned;
  return { channel, emailId: id, sendId, status, suppressedBy, isRepeated };
}

/** Twilio's limit of one message, in parts or not. */
const MAX_SMS = 1_600;

const smsNotConfigured = () =>
  new AppError('unavailable', 'SMS_NOT_CONFIGURED', 'This installation has no way to send texts.', {
    hint: 'An operator sets up Twilio; development installations have a built-in outbox.',
    retryAfterSeconds: 3_600,
  });

async function planSms(ctx: Ctx, tools: OutreachTools, plan: SmsPlan): Promise<PlannedOutreach> {
  if (!tools.hasSms) throw smsNotConfigured();
  const { prospectId, userId = null } = plan;
  const { rows } = await sql<{ phone: string | null; account_id: string | null; name: string | null }>`
    select phone_key as phone, account_id, nullif(trim(concat_ws(' ', first_name, last_name)), '') as name
    from prospects
    where organization_id = ${ctx.organizationId} and id = ${prospectId} and deleted_at is null`.execute(ctx.tx);
  const person = rows[0];
  if (!person) throw invalid('prospectId', 'names no prospect', prospectId);
  if (person.phone === null) throw invalid('prospectId', 'names a prospect without a phone number', prospectId);
  const values = await messageValues(ctx, { prospectId, userId, variables: plan.variables });
  const missing = plan.missingVariables ?? 'refuse';
  const { text, missing: absent } = renderTemplate({ subject: '', html: '', text: plan.text }, values, { missing });
  if (missing === 'refuse' && absent.length > 0) throw invalid(`variables.${absent[0]}`, 'has no value and no default');
  if (text!.length > MAX_SMS) throw invalid('text', `must have at most ${MAX_SMS} characters once it is filled`);
  const answer = { channel: 'sms', emailId: null, isRepeated: false } as const;
  const stopped = plan.purpose === 'transactional' ? null : await suppressedNumber(ctx, person.phone);
  if (stopped) return { ...answer, sendId: null, status: 'suppressed', suppressedBy: stopped };
  const sendId = await planMessage(ctx, tools.mailing, {
    dedupeKey: plan.dedupeKey,
    channel: 'sms',
    purpose: plan.purpose,
    from: tools.smsFrom,
    to: { email: person.phone, name: person.name },
    subject: { type: 'sms', id: prospectId },
    content: { subject: '', html: '', text: text!, headers: {}, callbackUrl: await callbackUrl(ctx, tools) },
    prospectId,
    accountId: person.account_id,
    userId,
    ...(plan.touch ? { touch: { ...plan.touch } } : {}),
  });
  return { ...answer, sendId, status: 'queued', suppressedBy: null, isRepeated: sendId === null };
}

/** Where Twilio tells of a text; the default sender's address stands for the organization. */
async function callbackUrl(ctx: Ctx, tools: OutreachTools): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from senders where organization_id = ${ctx.organizationId} and deleted_at is null
    order by is_default desc, created_at, id limit 1`.execute(ctx.tx);
  const signer = await linkSigner(ctx, tools.mailing.secrets);
  const token = signer.sign('events', rows[0]?.id ?? ctx.organizationId);
  return `${tools.mailing.publicUrl}/api/v1/sms/webhook/twilio?token=${token}`;
}
