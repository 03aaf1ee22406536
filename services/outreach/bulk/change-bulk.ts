import { sql } from 'kysely';
import { conflict, invalid } from '../../../domain/core/errors.ts';
import type { MissingPolicy, TemplateValues } from '../../../domain/outreach/template.rules.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { getList, getSegment } from '../../crm/index.ts';
import { releaseSends, requireTransport, restSends, withdrawSends } from '../../platform/sends/index.ts';
import { chooseSender } from '../emails/choose-sender.ts';
import { renderContent } from '../emails/render-content.ts';
import type { OutreachTools } from '../tools.ts';
import { type BulkJobView, type BulkStatus, readBulkJob } from './bulk-view.ts';
import { MAILING_CANCELLED, MAILING_PAUSED } from './mailing-decision.ts';

export interface BulkRecipient {
  readonly email: string;
  readonly name: string | null;
  readonly prospectId?: string | undefined;
  readonly variables?: TemplateValues | undefined;
}

/** Exactly one of them. */
export interface BulkAudience {
  readonly recipients?: readonly BulkRecipient[] | undefined;
  readonly listId?: string | undefined;
  readonly segmentId?: string | undefined;
}

export interface BulkContent {
  readonly templateId?: string | undefined;
  readonly subject?: string | undefined;
  readonly html?: string | undefined;
  readonly text?: string | undefined;
  readonly variables?: TemplateValues | undefined;
  readonly missingVariables?: MissingPolicy | undefined;
}

export interface CreateBulkInput extends BulkAudience, BulkContent {
  tools: OutreachTools;
  name?: string | undefined;
  senderId?: string | undefined;
  scheduledAt?: Date | undefined;
  hourlyLimit?: number | undefined;
  domainHourlyLimit?: number | undefined;
}

/**
 * A mailing to many: one message per address, whoever is named twice gets one. People of a list or segment are taken as they
 * are when it begins. @throws AppError validation; conflict `SENDER_NOT_READY`; unavailable `MAIL_NOT_CONFIGURED`
 */
export const createBulkJob = verb(
  { permission: 'emails.send' },
  async (
    ctx,
    { tools, name, senderId, scheduledAt, hourlyLimit, domainHourlyLimit, ...input }: CreateBulkInput,
  ): Promise<BulkJobView> => {
    requireTransport(tools.mailing);
    const { recipients, listId, segmentId, ...content } = input;
    const audiences = Object.entries({ recipients, listId, segmentId }).filter(([, value]) => value !== undefined);
    if (audiences.length !== 1) throw invalid('recipients', 'exactly one of recipients, listId and segmentId is given');
    if (listId) await getList(ctx, { id: listId });
    if (segmentId) await getSegment(ctx, { id: segmentId });
    const userId = ctx.principal.userId ?? null;
    await chooseSender(ctx, tools, { senderId, userId, category: 'marketing' });
    // What no message could be made of is refused now; values of single people are theirs.
    await renderContent(ctx, { ...content, prospectId: null, userId, missingVariables: 'blank' });
    const isLater = scheduledAt !== undefined && scheduledAt > ctx.now;
    const { id } = await ctx.tx
      .insertInto('bulk_email_jobs')
      .values({
        name: name ?? null,
        status: isLater ? 'scheduled' : 'running',
        content: JSON.stringify(content),
        audience: JSON.stringify({ listId, segmentId }),
        sender_id: senderId ?? null,
        template_id: content.templateId ?? null,
        user_id: userId,
        scheduled_at: scheduledAt ?? null,
        started_at: isLater ? null : ctx.now,
        hourly_limit: hourlyLimit ?? null,
        domain_hourly_limit: domainHourlyLimit ?? null,
        collected: recipients !== undefined,
        created_at: ctx.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (recipients) await storeRecipients(ctx, id, recipients);
    await startProcess(
      ctx,
      'bulkEmailJob',
      { entityId: id, generation: 1 },
      { organizationId: ctx.organizationId, jobId: id, generation: 1 },
    );
    await audit(ctx, 'bulk_email.create', {
      entityType: 'bulk_email_job',
      entityId: id,
      after: { name: name ?? null },
    });
    return readBulkJob(ctx, id);
  },
);

async function storeRecipients(ctx: Ctx, jobId: string, recipients: readonly BulkRecipient[]): Promise<void> {
  const rows = recipients.map(({ email, name, prospectId, variables }, ordinal) => ({
    address: email.toLowerCase(),
    name,
    prospect_id: prospectId ?? null,
    variables: variables ?? null,
    ordinal,
  }));
  const named = [...new Set(rows.flatMap(({ prospect_id }) => prospect_id ?? []))];
  const { rows: known } = await sql<{ id: string }>`
    select id from prospects where organization_id = ${ctx.organizationId} and deleted_at is null
      and id = any(${sql.val(named)}::uuid[])`.execute(ctx.tx);
  const ids = new Set(known.map(({ id }) => id));
  const stranger = rows.findIndex(({ prospect_id }) => prospect_id !== null && !ids.has(prospect_id));
  if (stranger >= 0)
    throw invalid(`recipients.${stranger}.prospectId`, 'names no prospect', rows[stranger]!.prospect_id);
  await sql`
    insert into bulk_email_recipients (job_id, address, name, prospect_id, variables, ordinal)
    select distinct on (r.address) ${jobId}::uuid, r.address, r.name, coalesce(r.prospect_id, p.id), r.variables, r.ordinal
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(address text, name text, prospect_id uuid, variables jsonb, ordinal integer)
    left join lateral (
      select id from prospects where organization_id = ${ctx.organizationId} and email_key = r.address
        and deleted_at is null order by created_at, id limit 1) p on true
    order by r.address, r.ordinal`.execute(ctx.tx);
  await sql`update bulk_email_jobs set total = (
      select count(*) from bulk_email_recipients where organization_id = ${ctx.organizationId} and job_id = ${jobId})
    where organization_id = ${ctx.organizationId} and id = ${jobId}`.execute(ctx.tx);
}

interface Decision {
  readonly from: readonly BulkStatus[];
  /** Also of one that is planned to the last person, until its last message has left. */
  readonly untilAllLeft: boolean;
  readonly to: (job: { started_at: Date | null; completed_at: Date | null }, ctx: Ctx) => JobChange;
  /** What becomes of its messages in the ledger, as far as nobody has taken them yet. */
  readonly carryOut: (ctx: Ctx, jobId: string, sendIds: readonly string[]) => Promise<void>;
}

interface JobChange {
  readonly status: BulkStatus;
  readonly completed_at?: Date;
}

/** A decision of a person is a guarded change of the row; the process looks at it. */
const decide = (name: string, { from, untilAllLeft, to, carryOut }: Decision) =>
  verb({ permission: 'emails.send' }, async (ctx, { id }: { id: string }): Promise<BulkJobView> => {
    const job = await ctx.tx
      .selectFrom('bulk_email_jobs')
      .select(['status', 'generation', 'started_at', 'completed_at'])
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!job) return readBulkJob(ctx, id);
    const status = job.status as BulkStatus;
    const open = await openSends(ctx, id);
    if (!from.includes(status) && !(untilAllLeft && status === 'completed' && open.length > 0)) {
      throw conflict('BULK_JOB_STATE', `The job is ${status}; it cannot be ${name} now.`, {
        details: { status },
        hint: `This works while it is ${from.join(' or ')}${untilAllLeft ? ', and until its last message has left' : ''}.`,
      });
    }
    await ctx.tx
      .updateTable('bulk_email_jobs')
      .set(to(job, ctx))
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await carryOut(ctx, id, open);
    await signalProcess(ctx, 'bulkEmailJob', { entityId: id, generation: job.generation }, 'bulkJobChanged');
    await audit(ctx, `bulk_email.${name}`, { entityType: 'bulk_email_job', entityId: id });
    return readBulkJob(ctx, id);
  });

/** Of a job: messages that wait in the ledger, or are on their way and may come back to it. */
async function openSends(ctx: Ctx, jobId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id
    from bulk_email_recipients r
    join emails e on e.organization_id = r.organization_id and e.id = r.email_id
    join sends s on s.organization_id = e.organization_id and s.id = e.send_id
    where r.organization_id = ${ctx.organizationId} and r.job_id = ${jobId} and s.settled_at is null`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

/**
 * Nobody else is planned, and what waits to be handed over rests. @throws AppError not_found; conflict `BULK_JOB_STATE`.
 */
export const pauseBulkJob = decide('paused', {
  from: ['running', 'scheduled'],
  untilAllLeft: true,
  to: () => ({ status: 'paused' }),
  carryOut: (ctx, _, sendIds) => restSends(ctx, sendIds, MAILING_PAUSED),
});

/** One that has not begun waits for its time again. @throws AppError not_found; conflict `BULK_JOB_STATE`. */
export const resumeBulkJob = decide('resumed', {
  from: ['paused'],
  untilAllLeft: false,
  to: ({ started_at: startedAt, completed_at: completedAt }) => ({
    status: startedAt === null ? 'scheduled' : completedAt === null ? 'running' : 'completed',
  }),
  carryOut: (ctx, _, sendIds) => releaseSends(ctx, sendIds, MAILING_PAUSED),
});

/**
 * Nobody else is planned, and what waits to be handed over never leaves. @throws AppError not_found; conflict
 * `BULK_JOB_STATE`.
 */
export const cancelBulkJob = decide('cancelled', {
  from: ['running', 'scheduled', 'paused'],
  untilAllLeft: true,
  to: ({ completed_at: completedAt }, ctx) => ({ status: 'cancelled', completed_at: completedAt ?? ctx.now }),
  carryOut: async (ctx, jobId, sendIds) => {
    const withdrawn = await withdrawSends(ctx, sendIds, MAILING_CANCELLED);
    await sql`
      update emails e set status = 'cancelled'
      from bulk_email_recipients r
      where r.organization_id = ${ctx.organizationId} and r.job_id = ${jobId}
        and e.organization_id = r.organization_id and e.id = r.email_id
        and e.send_id = any(${sql.val(withdrawn)}::uuid[])`.execute(ctx.tx);
  },
});
