import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { refreshStatistics } from '../../core/statistics.ts';
import { segmentProspects } from '../../crm/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { planEmail } from '../emails/plan-email.ts';
import { bulkEmailCompleted } from '../events.ts';
import type { OutreachTools } from '../tools.ts';
import type { BulkContent } from './change-bulk.ts';

export type BulkAttention =
  | { readonly status: 'more' }
  | { readonly status: 'waiting'; readonly waitSeconds: number }
  | { readonly status: 'resting' }
  | { readonly status: 'completed' | 'cancelled' | 'failed' | 'replaced' | 'gone' };

/** Messages that are planned in one transaction, and the most that wait in the ledger: a job needs no memory beyond them. */
const BATCH = 100;
const IN_LEDGER = 500;
const COLLECT = 5_000;
const HOUR_MS = 3_600_000;
/** While the ledger works off what it has. */
const LEDGER_WAIT_SECONDS = 2;

interface Job {
  status: string;
  generation: number;
  scheduled_at: Date | null;
  content: BulkContent;
  audience: { listId?: string; segmentId?: string };
  collected: boolean;
  sender_id: string | null;
  user_id: string | null;
  hourly_limit: number | null;
  domain_hourly_limit: number | null;
  name: string | null;
}

/**
 * One step of a bulk job in one transaction: begin, collect people, or plan the next messages. Repeating it does nothing
 * twice: each message has the key of its job and address, and a person's row says what became of it.
 */
export async function attendBulkJob(
  ctx: Ctx,
  tools: OutreachTools,
  { jobId, generation }: { jobId: string; generation: number },
): Promise<BulkAttention> {
  const { rows } = await sql<Job>`
    select status, generation, scheduled_at, content, audience, collected, sender_id, user_id, hourly_limit,
           domain_hourly_limit, name
    from bulk_email_jobs
    where organization_id = ${ctx.organizationId} and id = ${jobId} for update`.execute(ctx.tx);
  const job = rows[0];
  if (!job) return { status: 'gone' };
  if (job.generation !== generation) return { status: 'replaced' };
  if (job.status === 'completed' || job.status === 'cancelled' || job.status === 'failed')
    return { status: job.status };
  if (job.status === 'paused') return { status: 'resting' };
  if (job.status === 'scheduled') {
    const waitMs = (job.scheduled_at?.getTime() ?? 0) - ctx.now.getTime();
    if (waitMs > 0) return { status: 'waiting', waitSeconds: Math.ceil(waitMs / 1000) };
    await change(ctx, jobId, { status: 'running', started_at: ctx.now });
  }
  if (!job.collected) return collect(ctx, jobId, job);
  const room = await roomFor(ctx, jobId, job);
  if (room.waitSeconds > 0) return { status: 'waiting', waitSeconds: room.waitSeconds };
  const people = await nextPeople(ctx, jobId, job, room.free);
  if (people.length > 0) {
    for (const person of people) await planOne(ctx, tools, jobId, job, person);
    await tellPlanner(ctx);
    return { status: 'more' };
  }
  return (await isWorkLeft(ctx, jobId)) ? { status: 'waiting', waitSeconds: 60 } : complete(ctx, jobId, job);
}

const FILLED = ['bulk_email_recipients', 'email_tracking_events', 'emails', 'sends'];
/** With so many rows in its statistics a table is planned for as what it is. */
const WELL_KNOWN = 1_000;

/**
 * The first mailing of an installation fills empty tables. Plans that were made for these read every message of the organization
 * for each statement about one, and stay until Postgres has counted, which it does a minute later.
 */
async function tellPlanner(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ known: number }>`
    select min(reltuples)::float8 as known from pg_class
    where relnamespace = 'public'::regnamespace and relname in ('emails', 'sends')`.execute(ctx.tx);
  if (rows[0]!.known < WELL_KNOWN) await refreshStatistics(ctx, FILLED);
}

/** People of a list or segment, some thousands at a time; whoever has no address stands there with the reason. */
async function collect(ctx: Ctx, jobId: string, { audience }: Job): Promise<BulkAttention> {
  const members = audience.listId
    ? sql`select m.prospect_id as id from contact_list_members m
          where m.organization_id = ${ctx.organizationId} and m.list_id = ${audience.listId}`
    : await segmentProspects(ctx, audience.segmentId!);
  const { rows } = await sql<{ seen: number }>`
    with people as (
      select p.id, coalesce(p.email_key, p.id::text) as address, p.email_key is null as unreachable,
             nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as name
      from (${members}) m
      join prospects p on p.organization_id = ${ctx.organizationId} and p.id = m.id and p.deleted_at is null
      where not exists (
        select from bulk_email_recipients r where r.organization_id = p.organization_id and r.job_id = ${jobId}
          and (r.prospect_id = p.id or r.address = coalesce(p.email_key, p.id::text)))
      order by p.id limit ${COLLECT}),
    stored as (
      insert into bulk_email_recipients (job_id, address, name, prospect_id, ordinal, state, reason)
      select distinct on (address) ${jobId}::uuid, address, name, id,
             (select count(*) from bulk_email_recipients where organization_id = ${ctx.organizationId} and job_id = ${jobId})
               + row_number() over (order by id),
             case when unreachable then 'skipped' else 'waiting' end, case when unreachable then 'no_address' end
      from people order by address, id
      on conflict do nothing)
    select count(*)::integer as seen from people`.execute(ctx.tx);
  if (rows[0]!.seen === COLLECT) return { status: 'more' };
  await sql`
    update bulk_email_jobs set collected = true, total = (
      select count(*) from bulk_email_recipients where organization_id = ${ctx.organizationId} and job_id = ${jobId})
    where organization_id = ${ctx.organizationId} and id = ${jobId}`.execute(ctx.tx);
  return { status: 'more' };
}

/** How many may be planned now: by what the ledger holds, and by the job's own limit of the last hour. */
async function roomFor(ctx: Ctx, jobId: string, job: Job): Promise<{ free: number; waitSeconds: number }> {
  const since = new Date(ctx.now.getTime() - HOUR_MS);
  const { rows } = await sql<{ in_ledger: number; last_hour: number; oldest: Date | null }>`
    select count(*) filter (where s.settled_at is null and s.held_by is null)::integer as in_ledger,
           count(*) filter (where r.planned_at > ${since})::integer as last_hour,
           min(r.planned_at) filter (where r.planned_at > ${since}) as oldest
    from bulk_email_recipients r
    join emails e on e.organization_id = r.organization_id and e.id = r.email_id
    left join sends s on s.organization_id = e.organization_id and s.id = e.send_id
    where r.organization_id = ${ctx.organizationId} and r.job_id = ${jobId}
      and (r.planned_at > ${since} or s.settled_at is null)`.execute(ctx.tx);
  const { in_ledger: inLedger, last_hour: lastHour, oldest } = rows[0]!;
  if (inLedger >= IN_LEDGER) return { free: 0, waitSeconds: LEDGER_WAIT_SECONDS };
  const left = job.hourly_limit === null ? BATCH : job.hourly_limit - lastHour;
  if (left <= 0) {
    const free = (oldest ?? ctx.now).getTime() + HOUR_MS - ctx.now.getTime();
    return { free: 0, waitSeconds: Math.max(1, Math.ceil(free / 1000)) };
  }
  return { free: Math.min(BATCH, left, IN_LEDGER - inLedger), waitSeconds: 0 };
}

interface Person {
  address: string;
  name: string | null;
  prospect_id: string | null;
  variables: Record<string, unknown> | null;
}

/** In their order, without those whose receiving domain has had its share of the hour. */
async function nextPeople(ctx: Ctx, jobId: string, job: Job, limit: number): Promise<Person[]> {
  const since = new Date(ctx.now.getTime() - HOUR_MS);
  const cap = job.domain_hourly_limit;
  const { rows } = await sql<Person>`
    with used as (
      select split_part(address, '@', 2) as domain, count(*) as taken from bulk_email_recipients
      where organization_id = ${ctx.organizationId} and job_id = ${jobId} and planned_at > ${since}
        and ${cap}::integer is not null
      group by 1),
    waiting as (
      select r.address, r.name, r.prospect_id, r.variables, r.ordinal,
             row_number() over (partition by split_part(r.address, '@', 2) order by r.ordinal) as turn,
             split_part(r.address, '@', 2) as domain
      from (
        select * from bulk_email_recipients
        where organization_id = ${ctx.organizationId} and job_id = ${jobId} and state = 'waiting'
        order by ordinal limit case when ${cap}::integer is null then ${limit}::integer else 5000 end) r)
    select w.address, w.name, w.prospect_id, w.variables
    from waiting w left join used u on u.domain = w.domain
    where ${cap}::integer is null or w.turn + coalesce(u.taken, 0) <= ${cap}::integer
    order by w.ordinal limit ${limit}::integer`.execute(ctx.tx);
  return rows;
}

async function planOne(ctx: Ctx, tools: OutreachTools, jobId: string, job: Job, person: Person): Promise<void> {
  const { content } = job;
  try {
    const planned = await planEmail(ctx, tools, {
      ...content,
      variables: { ...content.variables, ...person.variables },
      to: [{ email: person.address, name: person.name }],
      prospectId: person.prospect_id,
      userId: job.user_id,
      category: 'marketing',
      ...(job.sender_id ? { senderId: job.sender_id } : {}),
      dedupeKey: `bulk:${jobId}:${person.address}`,
      touch: { bulkJobId: jobId },
    });
    await outcome(ctx, jobId, person, { state: 'planned', email_id: planned.id, planned_at: ctx.now, reason: null });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const issue = error.extras.issues?.[0];
    const reason = (issue ? `${issue.field} ${issue.message}` : error.code).slice(0, 200);
    await outcome(ctx, jobId, person, { state: 'failed', email_id: null, planned_at: null, reason });
  }
}

const outcome = (
  ctx: Ctx,
  jobId: string,
  { address }: Person,
  set: { state: 'planned' | 'failed'; email_id: string | null; planned_at: Date | null; reason: string | null },
) =>
  letGo(
    ctx,
    ctx.tx
      .updateTable('bulk_email_recipients')
      .set(set)
      .where('organization_id', '=', ctx.organizationId)
      .where('job_id', '=', jobId)
      .where('address', '=', address)
      .execute(),
  );

async function isWorkLeft(ctx: Ctx, jobId: string): Promise<boolean> {
  const { rows } = await sql<{ left: boolean }>`
    select exists (select from bulk_email_recipients where organization_id = ${ctx.organizationId}
      and job_id = ${jobId} and state = 'waiting') as left`.execute(ctx.tx);
  return rows[0]!.left;
}

async function complete(ctx: Ctx, jobId: string, job: Job): Promise<BulkAttention> {
  await change(ctx, jobId, { status: 'completed', completed_at: ctx.now });
  await emit(ctx, bulkEmailCompleted, { entityId: jobId, data: { id: jobId } });
  await notify(ctx, job.user_id, 'bulk_email.completed', {
    title: `The mailing ${job.name ?? ''} is planned to the last person`.replace('  ', ' '),
    entity: { type: 'bulk_email_job', id: jobId },
    dedupeKey: `bulk_email.completed:${jobId}`,
  });
  return { status: 'completed' };
}

const change = (ctx: Ctx, jobId: string, set: { status: string; started_at?: Date; completed_at?: Date }) =>
  ctx.tx
    .updateTable('bulk_email_jobs')
    .set(set)
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', jobId)
    .execute();
