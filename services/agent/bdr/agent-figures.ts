import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { agentTeam, getAgentConfig } from './agent-config.ts';
import { type AgentFigures, type AgentRates, agentRatesOf, FIGURE_SUMS } from './figures.ts';

export interface AgentDashboard {
  readonly isActive: boolean;
  readonly isPaused: boolean;
  readonly activeProspects: number;
  readonly pendingTasks: number;
  readonly pendingApprovals: number;
  readonly pendingHandoffs: number;
  readonly touchesToday: number;
  readonly touchesLeftToday: number;
  readonly messagesSent: number;
  readonly prospectsContacted: number;
  readonly replies: number;
  readonly positiveReplies: number;
  readonly qualified: number;
  readonly meetingsBooked: number;
  readonly handoffsCreated: number;
  readonly handoffsAccepted: number;
  readonly responseRate: number | null;
  readonly handoffRate: number | null;
}

/** `get_bdr_dashboard_summary`: today, and the last thirty days. Of an agent that nobody has set up: nothing yet. */
export const readAgentDashboard = verb(
  { permission: 'bdr.view' },
  async (ctx, input: { teamId?: string | undefined }): Promise<AgentDashboard> => {
    const teamId = await agentTeam(ctx, input.teamId);
    await sql`select set_config('app.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);
    const { rows } = await sql<AgentDashboard>`
      select is_active as "isActive", is_paused as "isPaused", active_prospects as "activeProspects",
             pending_tasks as "pendingTasks", pending_approvals as "pendingApprovals",
             pending_handoffs as "pendingHandoffs", touches_today as "touchesToday",
             touches_left_today as "touchesLeftToday", messages_sent as "messagesSent",
             prospects_contacted as "prospectsContacted", replies, positive_replies as "positiveReplies", qualified,
             meetings_booked as "meetingsBooked", handoffs_created as "handoffsCreated",
             handoffs_accepted as "handoffsAccepted", response_rate as "responseRate", handoff_rate as "handoffRate"
      from get_bdr_dashboard_summary(${teamId}::uuid)`.execute(ctx.tx);
    if (rows[0]) return rows[0];
    const config = await getAgentConfig(ctx, { teamId });
    const none = { activeProspects: 0, pendingTasks: 0, pendingApprovals: 0, pendingHandoffs: 0, touchesToday: 0 };
    return {
      ...none,
      isActive: false,
      isPaused: false,
      touchesLeftToday: config.maxDailyTouches,
      messagesSent: 0,
      prospectsContacted: 0,
      replies: 0,
      positiveReplies: 0,
      qualified: 0,
      meetingsBooked: 0,
      handoffsCreated: 0,
      handoffsAccepted: 0,
      responseRate: null,
      handoffRate: null,
    };
  },
);

export interface PerformanceDay extends AgentFigures {
  readonly date: string;
}

export interface Performance {
  readonly days: readonly PerformanceDay[];
  readonly totals: AgentFigures & AgentRates;
}

/** Days on the wall of the agent; without a range the last thirty. */
export const readAgentPerformance = verb(
  { permission: 'bdr.view' },
  async (
    ctx,
    input: { teamId?: string | undefined; startDate?: string | undefined; endDate?: string | undefined },
  ): Promise<Performance> => {
    const teamId = await agentTeam(ctx, input.teamId);
    const end = input.endDate ?? ctx.now.toISOString().slice(0, 10);
    const { rows } = await sql<PerformanceDay>`
      select to_char(m.date, 'YYYY-MM-DD') as date, ${FIGURE_SUMS}
      from bdr_performance_metrics m
      where m.organization_id = ${ctx.organizationId} and m.team_id = ${teamId}
        and m.date between coalesce(${input.startDate ?? null}::date, ${end}::date - 29) and ${end}::date
      group by grouping sets ((m.date), ())
      order by m.date nulls last`.execute(ctx.tx);
    const { date: _, ...totals } = rows.at(-1)!;
    return { days: rows.slice(0, -1), totals: { ...totals, ...agentRatesOf(totals) } };
  },
);
