import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';

export const BULK_STATUSES = ['scheduled', 'running', 'paused', 'completed', 'cancelled', 'failed'] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

export interface BulkJobView {
  id: string;
  name: string | null;
  status: BulkStatus;
  templateId: string | null;
  senderId: string | null;
  hourlyLimit: number | null;
  domainHourlyLimit: number | null;
  scheduledAt: Date | null;
  startedAt: Date | null;
  completedAt: Date | null;
  errorCode: string | null;
  /** Known once the audience is collected. */
  total: number;
  /** Not planned yet. */
  waiting: number;
  /** Planned, and still in the ledger: held by a cap, or on its way. */
  queued: number;
  sent: number;
  failed: number;
  /** Never planned: no address, stopped, or values missing. */
  skipped: number;
  createdAt: Date;
  version: number;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  j.id, j.name, j.status, j.template_id as "templateId", j.sender_id as "senderId", j.hourly_limit as "hourlyLimit",
  j.domain_hourly_limit as "domainHourlyLimit", j.scheduled_at as "scheduledAt", j.started_at as "startedAt",
  j.completed_at as "completedAt", j.error_code as "errorCode", j.total, j.created_at as "createdAt", j.version, c.*`);

/** Counted from the rows of the people and of their messages: never a number of its own that could drift. */
const COUNTS: RawBuilder<unknown> = sql.raw(`
  cross join lateral (
    select count(*) filter (where r.state = 'waiting')::integer as waiting,
           count(*) filter (where r.state = 'planned' and e.status in ('queued', 'scheduled', 'unknown'))::integer as queued,
           count(*) filter (where e.sent_at is not null)::integer as sent,
           count(*) filter (where r.state = 'failed' or e.status = 'failed')::integer as failed,
           count(*) filter (where r.state = 'skipped' or e.status in ('suppressed', 'cancelled'))::integer as skipped
    from bulk_email_recipients r
    left join emails e on e.organization_id = r.organization_id and e.id = r.email_id
    where r.organization_id = j.organization_id and r.job_id = j.id) c`);

/** @throws AppError not_found. */
export async function readBulkJob(ctx: Ctx, id: string): Promise<BulkJobView> {
  const { rows } = await sql<BulkJobView>`
    select ${COLUMNS} from bulk_email_jobs j ${COUNTS}
    where j.organization_id = ${ctx.organizationId} and j.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The bulk job');
  return rows[0];
}

export interface BulkOutcome {
  email: string;
  name: string | null;
  prospectId: string | null;
  emailId: string | null;
  state: string;
  reason: string | null;
}

export interface BulkDetail extends BulkJobView {
  /** A page of the people, in their order. */
  recipients: BulkOutcome[];
}

/** With a page of its people and what became of each. @throws AppError not_found. */
export const getBulkJob = verb(
  { permission: 'emails.view' },
  async (ctx, input: { id: string; page: number; limit: number; state?: string | undefined }): Promise<BulkDetail> => {
    const job = await readBulkJob(ctx, input.id);
    const { rows } = await sql<BulkOutcome>`
      select * from (
        select r.address as email, r.name, r.prospect_id as "prospectId", r.email_id as "emailId", r.ordinal,
               case when r.state = 'planned' then e.status else r.state end as state,
               coalesce(r.reason, e.suppressed_by, e.error_code) as reason
        from bulk_email_recipients r
        left join emails e on e.organization_id = r.organization_id and e.id = r.email_id
        where r.organization_id = ${ctx.organizationId} and r.job_id = ${input.id}) people
      where ${input.state ?? null}::text is null or state = ${input.state ?? null}
      order by ordinal limit ${input.limit}::integer offset ${(input.page - 1) * input.limit}::bigint`.execute(ctx.tx);
    const recipients = rows.map(({ email, name, prospectId, emailId, state, reason }) => ({
      email,
      name,
      prospectId,
      emailId,
      state,
      reason,
    }));
    return { ...job, recipients };
  },
);
