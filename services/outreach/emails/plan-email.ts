import { sql } from 'kysely';
import { conflict, invalid } from '../../../domain/core/errors.ts';
import type { Attachment, MailAddress } from '../../../domain/platform/mail.port.ts';
import { headerText } from '../../../domain/platform/mail.rules.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { requireTransport } from '../../platform/sends/index.ts';
import { linkSigner } from '../links.ts';
import { suppressedAddresses } from '../suppressions/why-suppressed.ts';
import type { OutreachTools } from '../tools.ts';
import { type ChosenSender, chooseSender, fromHeader } from './choose-sender.ts';
import { type Composed, compose } from './compose.ts';
import type { EmailCategory, EmailStatus } from './email-view.ts';
import { enterLedger } from './enter-ledger.ts';
import { requirePlannable } from './plan-rules.ts';
import { type RenderedContent, renderContent, type WrittenContent } from './render-content.ts';

/** What an interaction is credited to; ids of whatever was at work. */
export interface TouchSource {
  readonly cadenceId?: string;
  readonly enrollmentId?: string;
  readonly stepId?: string;
  readonly stepNumber?: number;
  readonly variant?: string;
  readonly campaignId?: string;
  readonly bulkJobId?: string;
  readonly promptVersion?: string;
  readonly bdrAgentId?: string;
  /** What models took to write it, in millionths of a dollar: the touch costs as much. */
  readonly modelCostMicros?: number;
}

export interface EmailPlan extends WrittenContent {
  readonly to: readonly MailAddress[];
  readonly cc?: readonly MailAddress[] | undefined;
  readonly bcc?: readonly MailAddress[] | undefined;
  readonly prospectId?: string | null | undefined;
  readonly dealId?: string | null | undefined;
  readonly campaignId?: string | null | undefined;
  /** Default: the sender of the person who writes, else the organization's default one. */
  readonly senderId?: string | undefined;
  /** Who writes, for its sender, its credit and its places `{{sender.firstName}}`. */
  readonly userId?: string | null | undefined;
  /** Default: what the template says, else marketing with a campaign, else one-to-one. */
  readonly category?: EmailCategory | undefined;
  /** Default: for marketing and sequences. */
  readonly trackOpens?: boolean | undefined;
  readonly trackClicks?: boolean | undefined;
  readonly scheduledAt?: Date | undefined;
  /** An e-mail whose thread this one goes on with; its subject is the default. */
  readonly inReplyTo?: string | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  readonly isTest?: boolean | undefined;
  /** Planning a key again changes nothing; default: a key of its own. */
  readonly dedupeKey?: string | undefined;
  readonly touch?: TouchSource | undefined;
}

export interface PlannedEmail {
  readonly id: string;
  readonly status: EmailStatus;
  readonly suppressedBy: string | null;
  readonly sendId: string | null;
  readonly threadId: string;
  /** The key was planned before: this is that message. */
  readonly isRepeated: boolean;
}

/**
 * Writes an e-mail down and, unless it is for later, enters it into the ledger, in the caller's transaction. Whoever calls
 * this has asked for the permission.
 * @throws AppError validation; conflict `SENDER_NOT_READY`; unavailable `MAIL_NOT_CONFIGURED`
 */
export async function planEmail(ctx: Ctx, tools: OutreachTools, plan: EmailPlan): Promise<PlannedEmail> {
  requireTransport(tools.mailing);
  const id = uuidv7();
  const dedupeKey = plan.dedupeKey ?? id;
  const [known, prospectId] = await Promise.all([
    findPlanned(ctx, dedupeKey),
    plan.prospectId ?? prospectOf(ctx, plan.to[0]!.email),
  ]);
  if (known) return known;
  const thread = await readThread(ctx, plan.inReplyTo);
  const content = await renderContent(ctx, { ...plan, prospectId, subject: plan.subject ?? thread?.subject });
  const category = plan.isTest
    ? 'transactional'
    : (plan.category ?? content.category ?? (plan.campaignId ? 'marketing' : 'one_to_one'));
  requirePlannable({ ...plan, category });
  if (plan.isTest) await requireColleagues(ctx, plan.to);
  const [sender, stopped] = await Promise.all([
    chooseSender(ctx, tools, { senderId: plan.senderId, userId: plan.userId ?? null, category }),
    plan.isTest ? null : firstStop(ctx, plan, category),
  ]);
  const prepared = { id, dedupeKey, plan, prospectId, category, sender, content, thread };
  const composed = await composeFor(ctx, tools, prepared);
  const isLater = plan.scheduledAt !== undefined && plan.scheduledAt > ctx.now;
  const status: EmailStatus = stopped ? 'suppressed' : isLater ? 'scheduled' : 'queued';
  await letGo(ctx, insertEmail(ctx, tools, { ...prepared, composed, status, suppressedBy: stopped }));
  const sendId = status === 'queued' ? await enterLedger(ctx, tools, id) : null;
  return { id, status, suppressedBy: stopped, sendId, threadId: thread?.threadId ?? id, isRepeated: false };
}

interface Prepared {
  readonly id: string;
  readonly dedupeKey: string;
  readonly plan: EmailPlan;
  readonly prospectId: string | null;
  readonly category: EmailCategory;
  readonly sender: ChosenSender;
  readonly content: RenderedContent;
  readonly thread: Thread | null;
}

const isToMany = (category: EmailCategory): boolean => category === 'marketing' || category === 'sequence';

async function composeFor(ctx: Ctx, tools: OutreachTools, message: Prepared): Promise<Composed> {
  const { id, plan, category, sender, content } = message;
  const tracks = !plan.isTest && isToMany(category);
  return compose(
    {
      emailId: id,
      html: content.html,
      text: content.text,
      signatureHtml: category === 'transactional' && !plan.isTest ? null : sender.signatureHtml,
      footer: isToMany(category) ? { postalAddress: sender.postalAddress } : null,
      trackOpens: plan.trackOpens ?? tracks,
      trackClicks: plan.trackClicks ?? tracks,
    },
    { signer: await linkSigner(ctx, tools.mailing.secrets), linkUrl: tools.linkUrl, replyDomain: tools.replyDomain },
  );
}

async function firstStop(ctx: Ctx, plan: EmailPlan, category: EmailCategory): Promise<string | null> {
  const addresses = [...plan.to, ...(plan.cc ?? []), ...(plan.bcc ?? [])].map(({ email }) => email);
  const stopped = await suppressedAddresses(ctx, addresses, category);
  return addresses.map((address) => stopped.get(address.toLowerCase())).find(Boolean) ?? null;
}

async function insertEmail(
  ctx: Ctx,
  tools: OutreachTools,
  row: Prepared & { composed: Composed; status: EmailStatus; suppressedBy: string | null },
): Promise<void> {
  const { id, plan, sender, content, composed, thread, category } = row;
  const cleaned = (list: readonly MailAddress[] | undefined) =>
    JSON.stringify((list ?? []).map(({ email, name }) => ({ email, name: name === null ? null : headerText(name) })));
  const tracks = !plan.isTest && isToMany(category);
  await ctx.tx
    .insertInto('emails')
    .values({
      id,
      user_id: plan.userId ?? null,
      to: cleaned(plan.to),
      cc: cleaned(plan.cc),
      bcc: cleaned(plan.bcc),
      subject: headerText(content.subject),
      html: composed.html,
      text: composed.text,
      status: row.status,
      transport: tools.mailing.transport,
      prospect_id: row.prospectId,
      deal_id: plan.dealId ?? null,
      campaign_id: plan.campaignId ?? plan.touch?.campaignId ?? null,
      category,
      address: plan.to[0]!.email,
      from_address: fromHeader(sender),
      sender_id: sender.id,
      template_id: content.templateId,
      template_number: content.templateNumber,
      message_id: `<${id}@${new URL(tools.mailing.publicUrl).hostname}>`,
      thread_id: thread?.threadId ?? id,
      in_reply_to: plan.inReplyTo ?? null,
      reply_to: sender.replyTo,
      dedupe_key: row.dedupeKey,
      touch: JSON.stringify(plan.touch ?? {}),
      attachments: JSON.stringify(plan.attachments ?? []),
      links: JSON.stringify(composed.links),
      sent_html: composed.sentHtml,
      sent_text: composed.sentText,
      headers: JSON.stringify(composed.headers),
      track_opens: plan.trackOpens ?? tracks,
      track_clicks: plan.trackClicks ?? tracks,
      scheduled_at: plan.scheduledAt ?? null,
      suppressed_by: row.suppressedBy,
      is_test: plan.isTest ?? false,
      bulk_job_id: plan.touch?.bulkJobId ?? null,
      created_at: ctx.now,
    })
    .execute();
}

async function findPlanned(ctx: Ctx, dedupeKey: string): Promise<PlannedEmail | null> {
  const row = await ctx.tx
    .selectFrom('emails')
    .select(['id', 'status', 'suppressed_by', 'send_id', 'thread_id'])
    .where('organization_id', '=', ctx.organizationId)
    .where('dedupe_key', '=', dedupeKey)
    .executeTakeFirst();
  if (!row) return null;
  const { id, status, suppressed_by: suppressedBy, send_id: sendId, thread_id: threadId } = row;
  return { id, status: status as EmailStatus, suppressedBy, sendId, threadId, isRepeated: true };
}

interface Thread {
  readonly threadId: string;
  /** What a follow-up is called unless it has a subject of its own. */
  readonly subject: string;
}

async function readThread(ctx: Ctx, emailId: string | undefined): Promise<Thread | null> {
  if (emailId === undefined) return null;
  const row = await ctx.tx
    .selectFrom('emails')
    .select(['thread_id', 'subject'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', emailId)
    .executeTakeFirst();
  if (!row) throw invalid('inReplyTo', 'names no e-mail', emailId);
  return { threadId: row.thread_id, subject: /^re:/i.test(row.subject) ? row.subject : `Re: ${row.subject}` };
}

async function prospectOf(ctx: Ctx, address: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from prospects
    where organization_id = ${ctx.organizationId} and email_key = lower(${address}) and deleted_at is null
    order by created_at, id limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

/** A test goes to people of the organization alone: it passes by every stop. */
async function requireColleagues(ctx: Ctx, to: readonly MailAddress[]): Promise<void> {
  const { rows } = await sql<{ email: string }>`
    select lower(email) as email from users
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and lower(email) = any(${sql.val(to.map(({ email }) => email.toLowerCase()))}::text[])`.execute(ctx.tx);
  const known = new Set(rows.map((row) => row.email));
  const stranger = to.findIndex(({ email }) => !known.has(email.toLowerCase()));
  if (stranger < 0) return;
  throw conflict('TEST_TO_STRANGER', 'A test is sent to people of your organization.', {
    issues: [{ field: `to.${stranger}.email`, message: 'belongs to nobody of your organization' }],
    hint: 'Send the test to your own address.',
  });
}
