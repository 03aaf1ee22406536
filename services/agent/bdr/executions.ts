import { sql } from 'kysely';
import type { BdrOutcome, BdrStage, BdrStatus, BdrTaskType } from '../../../domain/agent/bdr.rules.ts';
import { conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type AgentConfig, agentTeam, requireConfig } from './agent-config.ts';
import { logAgentActivity } from './agent-log.ts';

export interface Execution {
  readonly id: string;
  readonly teamId: string;
  readonly prospectId: string;
  readonly generation: number;
  readonly stage: BdrStage;
  readonly status: BdrStatus;
  readonly outcome: BdrOutcome | null;
  readonly touches: number;
  readonly nextTouchAt: Date | null;
  readonly lastTouchAt: Date | null;
  readonly lastReplyAt: Date | null;
  readonly wakeAt: Date | null;
  readonly waitsFor: string | null;
  readonly score: number | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly version: number;
}

export const EXECUTION_COLUMNS = sql.raw(`
  e.id, e.team_id as "teamId", e.prospect_id as "prospectId", e.generation, e.stage, e.status, e.outcome, e.touches,
  e.next_touch_at as "nextTouchAt", e.last_touch_at as "lastTouchAt", e.last_reply_at as "lastReplyAt",
  e.wake_at as "wakeAt", e.waits_for as "waitsFor", e.score, e.started_at as "startedAt", e.ended_at as "endedAt",
  e.version`);

/** Held until the transaction ends: whatever is decided about somebody is decided one after the other. */
export async function lockExecution(ctx: Ctx, id: string): Promise<Execution | undefined> {
  const { rows } = await sql<Execution>`
    select ${EXECUTION_COLUMNS} from bdr_workflow_executions e
    where e.organization_id = ${ctx.organizationId} and e.id = ${id} for no key update`.execute(ctx.tx);
  return rows[0];
}

export async function lockActiveExecution(ctx: Ctx, prospectId: string): Promise<Execution | undefined> {
  const { rows } = await sql<Execution>`
    select ${EXECUTION_COLUMNS} from bdr_workflow_executions e
    where e.organization_id = ${ctx.organizationId} and e.prospect_id = ${prospectId} and e.status = 'active'
    for no key update`.execute(ctx.tx);
  return rows[0];
}

export interface StartedBy {
  readonly userId: string | null;
  readonly reason: string;
}

/** Null: somebody works on this person already. The process follows the commit. */
export async function startExecution(
  ctx: Ctx,
  config: Pick<AgentConfig, 'teamId'>,
  prospectId: string,
  { userId, reason }: StartedBy,
): Promise<Execution | null> {
  const { rows } = await sql<Execution>`
    with e as (
      insert into bdr_workflow_executions (team_id, prospect_id, generation, started_by, started_at)
      select ${config.teamId}, ${prospectId}, 1 + coalesce(max(generation), 0), ${userId}, ${ctx.now}
      from bdr_workflow_executions where organization_id = ${ctx.organizationId} and prospect_id = ${prospectId}
      on conflict do nothing returning *)
    select ${EXECUTION_COLUMNS} from e`.execute(ctx.tx);
  const execution = rows[0];
  if (!execution) return null;
  await sql`
    update prospects set bdr_assigned = true
    where organization_id = ${ctx.organizationId} and id = ${prospectId}`.execute(ctx.tx);
  await logAgentActivity(ctx, { ...whom(execution), type: 'started', summary: reason });
  const { id: executionId, generation } = execution;
  const input = { organizationId: ctx.organizationId, prospectId, executionId, generation };
  await startProcess(ctx, 'bdrProspect', { entityId: prospectId, generation }, input);
  return execution;
}

export const whom = ({ id, teamId, prospectId }: Execution) => ({ executionId: id, teamId, prospectId });

/** Wakes the process of somebody: its rows have changed. */
export const wake = (ctx: Ctx, { prospectId, generation }: Pick<Execution, 'prospectId' | 'generation'>) =>
  signalProcess(ctx, 'bdrProspect', { entityId: prospectId, generation }, 'prospectChanged');

/** Ends the work on somebody: what was waiting to be decided or sent is withdrawn with it. */
export async function finish(
  ctx: Ctx,
  execution: Execution,
  outcome: BdrOutcome,
  reason: string,
  status: Exclude<BdrStatus, 'active'> = 'completed',
): Promise<void> {
  const here = sql`organization_id = ${ctx.organizationId} and execution_id = ${execution.id}`;
  await sql`
    update bdr_workflow_executions
    set status = ${status}, outcome = ${outcome}, ended_at = ${ctx.now}, wake_at = null, waits_for = null
    where organization_id = ${ctx.organizationId} and id = ${execution.id} and status = 'active'`.execute(ctx.tx);
  await sql`
    update bdr_approval_queue set status = 'cancelled', decision_reason = ${reason}, link_hash = null
    where ${here} and status in ('pending', 'approved')`.execute(ctx.tx);
  await sql`update bdr_tasks set status = 'cancelled' where ${here} and status = 'pending'`.execute(ctx.tx);
  await sql`
    update prospects set bdr_assigned = false
    where organization_id = ${ctx.organizationId} and id = ${execution.prospectId} and bdr_assigned`.execute(ctx.tx);
  await logAgentActivity(ctx, { ...whom(execution), type: 'ended', summary: reason, data: { outcome } });
}

/** The one open task of somebody says what comes next. */
export async function noteNext(
  ctx: Ctx,
  execution: Execution,
  next: { type: BdrTaskType | null; at: Date; waitsFor: string },
): Promise<void> {
  await sql`
    update bdr_workflow_executions set wake_at = ${next.at}, waits_for = ${next.waitsFor}
    where organization_id = ${ctx.organizationId} and id = ${execution.id}
      and (wake_at is distinct from ${next.at} or waits_for is distinct from ${next.waitsFor})`.execute(ctx.tx);
  await sql`
    update bdr_tasks set status = 'completed', completed_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and execution_id = ${execution.id} and status = 'pending'
      and type is distinct from ${next.type}`.execute(ctx.tx);
  if (next.type === null) return;
  await sql`
    insert into bdr_tasks (team_id, prospect_id, execution_id, type, priority, scheduled_at)
    values (${execution.teamId}, ${execution.prospectId}, ${execution.id}, ${next.type}, ${PRIORITY[next.type]}, ${next.at})
    on conflict (organization_id, execution_id) where status = 'pending'
    do update set scheduled_at = excluded.scheduled_at
    where bdr_tasks.scheduled_at <> excluded.scheduled_at`.execute(ctx.tx);
}

/** What a person waits for comes before what the agent does by itself. */
const PRIORITY: Readonly<Record<BdrTaskType, number>> = {
  handoff: 1,
  read_reply: 1,
  approve: 2,
  qualify: 2,
  send: 3,
  draft: 4,
  research: 5,
};

export interface StartInput {
  prospectId: string;
  teamId?: string | undefined;
}

/** @throws AppError not_found; conflict `AGENT_INACTIVE`, `ALREADY_ASSIGNED`. */
export const startProspect = verb(
  { permission: 'bdr.edit' },
  async (ctx, { prospectId, teamId }: StartInput): Promise<Execution> => {
    await requireProspect(ctx, prospectId);
    const team = await agentTeam(ctx, teamId);
    const config = await requireConfig(ctx, team);
    if (!config.isActive) {
      throw conflict('AGENT_INACTIVE', 'The agent of this team is switched off.', {
        hint: 'Switch it on with PUT /api/v1/bdr/config and isActive: true.',
      });
    }
    const reason = 'Assigned by a person.';
    const started = await startExecution(ctx, config, prospectId, { userId: ctx.principal.userId ?? null, reason });
    if (!started) {
      throw conflict('ALREADY_ASSIGNED', 'The agent works on this prospect already.', {
        hint: 'GET /api/v1/bdr/workflows shows where it stands; POST …/stop ends it.',
      });
    }
    await audit(ctx, 'bdr.start', { entityType: 'prospect', entityId: prospectId });
    return started;
  },
);

/** @throws AppError not_found; conflict `NOT_ASSIGNED`. */
export const stopProspect = verb(
  { permission: 'bdr.edit' },
  async (ctx, { prospectId, reason }: { prospectId: string; reason?: string | undefined }): Promise<Execution> => {
    const execution = await requireActiveExecution(ctx, prospectId);
    await finish(ctx, execution, 'stopped', reason ?? 'Taken from the agent by a person.', 'stopped');
    await audit(ctx, 'bdr.stop', { entityType: 'prospect', entityId: prospectId });
    await wake(ctx, execution);
    return (await lockExecution(ctx, execution.id))!;
  },
);

/** @throws AppError not_found. */
async function requireProspect(ctx: Ctx, id: string): Promise<void> {
  const prospect = await ctx.tx
    .selectFrom('prospects')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!prospect) throw notFound('The prospect');
}

/** @throws AppError not_found; conflict `NOT_ASSIGNED`. */
export async function requireActiveExecution(ctx: Ctx, prospectId: string): Promise<Execution> {
  const execution = await lockActiveExecution(ctx, prospectId);
  if (execution) return execution;
  await requireProspect(ctx, prospectId);
  throw conflict('NOT_ASSIGNED', 'The agent does not work on this prospect.', {
    hint: 'POST /api/v1/bdr/prospects/{prospectId}/start assigns it.',
  });
}
