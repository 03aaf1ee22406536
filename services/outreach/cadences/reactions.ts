import { sql } from 'kysely';
import { workSourceOf } from '../../../domain/data/touch-source.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type Reaction, reaction, reactionToMany } from '../../core/relay.ts';
import { leadThresholdReached, prospectDeleted, recordTouch, taskCompleted } from '../../crm/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { tell } from './change-cadence.ts';
import { enrollByThreshold } from './enroll-by-threshold.ts';
import { endEnrollments } from './enrollment-state.ts';
import { cadenceCompleted, cadencePaused } from './events.ts';

/** The delay of the next step counts from when the task was done. */
async function goOnAfterTask(ctx: Ctx, taskId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update cadence_enrollments e
    set since = greatest(e.since, t.completed_at), waiting_task_id = null, waiting_until = null
    from tasks t
    where e.organization_id = ${ctx.organizationId} and e.waiting_task_id = ${taskId} and e.ended_at is null
      and t.organization_id = e.organization_id and t.id = e.waiting_task_id and t.completed_at is not null
    returning e.id`.execute(ctx.tx);
  await tell(ctx, rows);
}

/** A message on LinkedIn is written by hand: the task that is done is the touch, credited to the step that gave it. */
async function touchByTask(ctx: Ctx, taskId: string): Promise<void> {
  const { rows } = await sql<{
    prospectId: string | null;
    accountId: string | null;
    userId: string | null;
    at: Date;
    said: Record<string, unknown>;
  }>`
    select t.prospect_id as "prospectId", t.account_id as "accountId", coalesce(t.completed_by, t.assignee_id) as "userId",
           t.completed_at as at, coalesce(t.touch, '{}') as said
    from tasks t
    where t.organization_id = ${ctx.organizationId} and t.id = ${taskId} and t.type = 'linkedin' and t.status = 'completed'
      and t.deleted_at is null`.execute(ctx.tx);
  const task = rows[0];
  if (!task) return;
  const { at: startedAt, said, ...whom } = task;
  await recordTouch(ctx, {
    externalId: `b:tasks:${taskId}`,
    channel: 'linkedin',
    direction: 'outbound',
    startedAt,
    outreach: workSourceOf(said),
    ...(typeof said.modelCostMicros === 'number' ? { modelCostMicros: said.modelCostMicros } : {}),
    ...whom,
  });
}

/** Whoever is deleted leaves every cadence. */
async function leaveCadences(ctx: Ctx, prospectId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from cadence_enrollments
    where organization_id = ${ctx.organizationId} and prospect_id = ${prospectId} and ended_at is null`.execute(ctx.tx);
  await endEnrollments(
    ctx,
    rows.map(({ id }) => id),
    { status: 'exited', reason: 'prospect_deleted' },
  );
}

const PAUSES: Readonly<Record<string, string>> = {
  reply: 'has replied',
  account_reply: 'rests: a colleague has replied',
  out_of_office: 'is out of office',
};

/** Tells the person in whose name somebody is enrolled. Nobody is told of what they did themselves. */
async function tellOwner(
  ctx: Ctx,
  enrollmentId: string,
  eventId: string,
  notice: { event: 'cadence.completed' | 'cadence.paused'; what: string },
): Promise<void> {
  const { rows } = await sql<{ userId: string | null; name: string; cadence: string }>`
    select e.user_id as "userId", c.name as cadence,
           coalesce(nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), p.email, 'Somebody') as name
    from cadence_enrollments e
    join cadences c on c.organization_id = e.organization_id and c.id = e.cadence_id
    join prospects p on p.organization_id = e.organization_id and p.id = e.prospect_id
    where e.organization_id = ${ctx.organizationId} and e.id = ${enrollmentId}`.execute(ctx.tx);
  const row = rows[0];
  if (!row) return;
  await notify(ctx, row.userId, notice.event, {
    title: `${row.name} ${notice.what} (${row.cadence})`,
    entity: { type: 'cadence_enrollment', id: enrollmentId },
    dedupeKey: `${notice.event}:${eventId}`,
  });
}

export const CADENCE_REACTIONS: readonly Reaction[] = [
  reaction('outreach.cadence-after-task', taskCompleted, (ctx, event) => goOnAfterTask(ctx, event.data.id)),
  reaction('outreach.touch-by-linkedin-task', taskCompleted, (ctx, event) => touchByTask(ctx, event.data.id)),
  reaction('outreach.cadence-without-prospect', prospectDeleted, (ctx, event) => leaveCadences(ctx, event.data.id)),
  reactionToMany('outreach.enroll-by-threshold', leadThresholdReached, enrollByThreshold),
  reaction('outreach.notify-cadence.completed', cadenceCompleted, (ctx, event) =>
    tellOwner(ctx, event.data.id, event.id, { event: 'cadence.completed', what: 'is through' }),
  ),
  reaction('outreach.notify-cadence.paused', cadencePaused, async (ctx, event) => {
    const what = PAUSES[event.data.reason];
    if (what) await tellOwner(ctx, event.data.id, event.id, { event: 'cadence.paused', what });
  }),
];
