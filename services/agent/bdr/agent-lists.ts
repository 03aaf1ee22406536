import { type RawBuilder, sql } from 'kysely';
import type { BdrStage, BdrStatus, BdrTaskType } from '../../../domain/agent/bdr.rules.ts';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { agentTeam } from './agent-config.ts';
import { EXECUTION_COLUMNS, type Execution } from './executions.ts';

interface TeamPage extends PageInput {
  teamId?: string | undefined;
  prospectId?: string | undefined;
}

/** One page of a select that names its table `r`. */
async function pageOf<Row extends object>(
  input: PageInput,
  ctx: Ctx,
  select: {
    columns: RawBuilder<unknown>;
    from: RawBuilder<unknown>;
    where: RawBuilder<unknown>;
    order: RawBuilder<unknown>;
  },
): Promise<{ items: Row[]; total: number }> {
  const { rows, total } = await readPage(input, async (limit, offset) => {
    const page = await sql<Row & { total: number }>`
      select ${select.columns}, (count(*) over ())::integer as total from ${select.from} where ${select.where}
      order by ${select.order} limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
    return page.rows;
  });
  return { items: rows.map(({ total: _, ...row }) => row as unknown as Row), total };
}

const equals = (column: string, value: string | undefined) =>
  value === undefined ? sql`` : sql` and ${sql.ref(column)} = ${value}`;
const inTeam = async (ctx: Ctx, alias: string, input: TeamPage) =>
  sql`${sql.ref(`${alias}.organization_id`)} = ${ctx.organizationId}
    and ${sql.ref(`${alias}.team_id`)} = ${await agentTeam(ctx, input.teamId)}${equals(`${alias}.prospect_id`, input.prospectId)}`;

export interface AgentTask {
  readonly id: string;
  readonly type: BdrTaskType;
  readonly status: 'pending' | 'completed' | 'cancelled';
  readonly priority: number;
  readonly scheduledAt: Date;
  readonly completedAt: Date | null;
  readonly prospectId: string;
  readonly executionId: string;
  readonly prospectName: string | null;
  readonly company: string | null;
  readonly stage: BdrStage;
}

/** With `due`, what `get_pending_bdr_tasks` answers: pending, and its time has come. */
export const listAgentTasks = verb(
  { permission: 'bdr.view' },
  async (
    ctx,
    input: TeamPage & {
      status?: AgentTask['status'] | undefined;
      type?: BdrTaskType | undefined;
      due?: boolean | undefined;
    },
  ) => {
    await sql`select set_config('app.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);
    const due = input.due
      ? sql` and t.id in (select d.task_id from get_pending_bdr_tasks(
          p_team_id := ${await agentTeam(ctx, input.teamId)}::uuid, p_limit := 10000) d)`
      : sql``;
    return pageOf<AgentTask>(input, ctx, {
      columns: sql`t.id, t.type, t.status, t.priority, t.scheduled_at as "scheduledAt", t.completed_at as "completedAt",
        t.prospect_id as "prospectId", t.execution_id as "executionId",
        nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as "prospectName", p.company, e.stage`,
      from: sql`bdr_tasks t
        join prospects p on p.organization_id = t.organization_id and p.id = t.prospect_id
        join bdr_workflow_executions e on e.organization_id = t.organization_id and e.id = t.execution_id`,
      where: sql`${await inTeam(ctx, 't', input)}${equals('t.status', input.status)}${equals('t.type', input.type)}${due}`,
      order: sql`t.status = 'pending' desc, t.priority, t.scheduled_at, t.id`,
    });
  },
);

export interface AgentActivity {
  readonly id: string;
  readonly type: string;
  readonly summary: string;
  readonly data: Record<string, unknown>;
  readonly prospectId: string | null;
  readonly executionId: string | null;
  readonly occurredAt: Date;
}

export const listAgentActivities = verb(
  { permission: 'bdr.view' },
  async (ctx, input: TeamPage & { type?: string | undefined }) =>
    pageOf<AgentActivity>(input, ctx, {
      columns: sql`a.id, a.type, a.summary, a.data, a.prospect_id as "prospectId", a.execution_id as "executionId",
        a.occurred_at as "occurredAt"`,
      from: sql`bdr_activities a`,
      where: sql`${await inTeam(ctx, 'a', input)}${equals('a.type', input.type)}`,
      order: sql`a.occurred_at desc, a.id desc`,
    }),
);

export interface AgentDecision {
  readonly id: string;
  readonly type: string;
  readonly decision: string;
  readonly reasoning: string;
  readonly evidence: readonly string[];
  readonly model: string | null;
  readonly promptVersion: string | null;
  readonly callId: string | null;
  readonly costUsd: number | null;
  readonly decidedBy: string | null;
  readonly prospectId: string | null;
  readonly executionId: string | null;
  /** What became of the work on this person. */
  readonly outcome: string | null;
  readonly decidedAt: Date;
}

export const listAgentDecisions = verb(
  { permission: 'bdr.view' },
  async (ctx, input: TeamPage & { type?: string | undefined }) =>
    pageOf<AgentDecision>(input, ctx, {
      columns: sql`d.id, d.type, d.decision, d.reasoning, d.evidence, d.model, d.prompt_version as "promptVersion",
        d.ai_call_id as "callId", (d.cost_micros / 1000000.0)::float8 as "costUsd", d.decided_by as "decidedBy",
        d.prospect_id as "prospectId", d.execution_id as "executionId", e.outcome, d.decided_at as "decidedAt"`,
      from: sql`bdr_decisions d
        left join bdr_workflow_executions e on e.organization_id = d.organization_id and e.id = d.execution_id`,
      where: sql`${await inTeam(ctx, 'd', input)}${equals('d.type', input.type)}`,
      order: sql`d.decided_at desc, d.id desc`,
    }),
);

export interface ExecutionView extends Execution {
  readonly prospectName: string | null;
  readonly company: string | null;
  readonly processId: string;
}

const EXECUTION_VIEW = (ctx: Ctx) => sql`
  ${EXECUTION_COLUMNS}, nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as "prospectName", p.company,
  'bdrProspect:' || ${ctx.organizationId} || ':' || e.prospect_id || ':' || e.generation as "processId"`;
const EXECUTIONS = sql`
  bdr_workflow_executions e
  join prospects p on p.organization_id = e.organization_id and p.id = e.prospect_id`;

export const listExecutions = verb(
  { permission: 'bdr.view' },
  async (ctx, input: TeamPage & { status?: BdrStatus | undefined; stage?: BdrStage | undefined }) =>
    pageOf<ExecutionView>(input, ctx, {
      columns: EXECUTION_VIEW(ctx),
      from: EXECUTIONS,
      where: sql`${await inTeam(ctx, 'e', input)}${equals('e.status', input.status)}${equals('e.stage', input.stage)}`,
      order: sql`e.started_at desc, e.id desc`,
    }),
);

/** @throws AppError not_found. */
export const getExecution = verb(
  { permission: 'bdr.view' },
  async (ctx, { id }: { id: string }): Promise<ExecutionView> => {
    const { rows } = await sql<ExecutionView>`
      select ${EXECUTION_VIEW(ctx)} from ${EXECUTIONS}
      where e.organization_id = ${ctx.organizationId} and e.id = ${id}`.execute(ctx.tx);
    if (!rows[0]) throw notFound('The execution');
    return rows[0];
  },
);
