import { sql } from 'kysely';
import { localDay } from '../../../domain/agent/bdr.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { AgentFigure } from './figures.ts';

interface Whom {
  readonly teamId: string;
  readonly prospectId?: string | null;
  readonly executionId?: string | null;
}

export interface DecisionEntry extends Whom {
  readonly type: string;
  readonly decision: string;
  readonly reasoning: string;
  /** Ids of facts that it rests on. */
  readonly evidence?: readonly string[];
  readonly model?: string | null;
  readonly promptVersion?: string | null;
  readonly callId?: string | null;
  readonly costMicros?: number | null;
}

/** What was decided, why, on which evidence and by what. */
export async function recordDecision(ctx: Ctx, entry: DecisionEntry): Promise<void> {
  await sql`
    insert into bdr_decisions (team_id, prospect_id, execution_id, type, decision, reasoning, evidence, model,
                               prompt_version, ai_call_id, cost_micros, decided_by, decided_at)
    values (${entry.teamId}, ${entry.prospectId ?? null}, ${entry.executionId ?? null}, ${entry.type}, ${entry.decision},
            ${entry.reasoning}, ${JSON.stringify(entry.evidence ?? [])}::jsonb, ${entry.model ?? null},
            ${entry.promptVersion ?? null}, ${entry.callId ?? null}, ${entry.costMicros ?? null},
            ${ctx.principal.userId ?? null}, ${ctx.now})`.execute(ctx.tx);
}

export interface ActivityEntry extends Whom {
  readonly type: string;
  readonly summary: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export async function logAgentActivity(ctx: Ctx, entry: ActivityEntry): Promise<void> {
  await sql`
    insert into bdr_activities (team_id, prospect_id, execution_id, type, summary, data, occurred_at)
    values (${entry.teamId}, ${entry.prospectId ?? null}, ${entry.executionId ?? null}, ${entry.type}, ${entry.summary},
            ${JSON.stringify(entry.data ?? {})}::jsonb, ${ctx.now})`.execute(ctx.tx);
}

/** Counts towards the day on the wall of the agent. */
export async function count(
  ctx: Ctx,
  { teamId, timezone }: { teamId: string; timezone: string },
  added: Partial<Record<AgentFigure, number>>,
): Promise<void> {
  const entries = Object.entries(added).filter(([, value]) => value !== 0);
  if (entries.length === 0) return;
  const columns = sql.join(entries.map(([name]) => sql.ref(name)));
  const values = sql.join(entries.map(([, value]) => sql`${value}`));
  const sums = sql.join(
    entries.map(
      ([name]) => sql`${sql.ref(name)} = bdr_performance_metrics.${sql.ref(name)} + excluded.${sql.ref(name)}`,
    ),
  );
  await sql`
    insert into bdr_performance_metrics (team_id, date, ${columns})
    values (${teamId}, ${localDay(timezone, ctx.now)}::date, ${values})
    on conflict (organization_id, team_id, date) do update set ${sums}`.execute(ctx.tx);
}

/** Whom the agent of a team answers to: its manager, else who runs the team, else who runs the organization. */
export async function agentManagers(ctx: Ctx, teamId: string, managerId: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from users u
    where u.organization_id = ${ctx.organizationId} and u.deleted_at is null and u.status = 'active'
      and (u.id = ${managerId}::uuid or u.role = 'admin')
    order by u.id = ${managerId}::uuid desc nulls last, u.team_id = ${teamId}::uuid desc nulls last, u.created_at, u.id
    limit 3`.execute(ctx.tx);
  return managerId === null ? rows.map(({ id }) => id) : rows.slice(0, 1).map(({ id }) => id);
}
