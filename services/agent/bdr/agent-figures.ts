import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { agentTeam, getAgentConfig } from './agent-config.ts';

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

export interface PerformanceDay {
  readonly date: string;
  readonly prospectsContacted: number;
  readonly messagesSent: number;
  readonly replies: number;
  readonly positiveReplies: number;
  readonly optOuts: number;
  readonly bounces: number;
  readonly qualified: number;
  readonly meetingsBooked: number;
  readonly handoffsCreated: number;
  readonly handoffsAccepted: number;
  readonly handoffsRejected: number;
  readonly modelCostUsd: number;
}

export interface Performance {
  readonly days: readonly PerformanceDay[];
  readonly totals: Omit<PerformanceDay, 'date'> & {
    readonly responseRate: number | null;
    readonly handoffRate: number | null;
    readonly acceptanceRate: number | null;
  };
}

const FIGURES = [
  'prospectsContacted',
  'messagesSent',
  'replies',
  'positiveReplies',
  'optOuts',
  'bounces',
  'qualified',
  'meetingsBooked',
  'handoffsCreated',
  'handoffsAccepted',
  'handoffsRejected',
  'modelCostUsd',
] as const;

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
      select to_char(date, 'YYYY-MM-DD') as date, prospects_contacted as "prospectsContacted",
             messages_sent as "messagesSent", replies, positive_replies as "positiveReplies", opt_outs as "optOuts",
             bounces, qualified, meetings_booked as "meetingsBooked", handoffs_created as "handoffsCreated",
             handoffs_accepted as "handoffsAccepted", handoffs_rejected as "handoffsRejected",
             (model_cost_micros / 1000000.0)::float8 as "modelCostUsd"
      from bdr_performance_metrics
      where organization_id = ${ctx.organizationId} and team_id = ${teamId}
        and date between coalesce(${input.startDate ?? null}::date, ${end}::date - 29) and ${end}::date
      order by date`.execute(ctx.tx);
    const totals = Object.fromEntries(
      FIGURES.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]),
    ) as Omit<PerformanceDay, 'date'>;
    const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
    return {
      days: rows,
      totals: {
        ...totals,
        responseRate: share(totals.replies, totals.prospectsContacted),
        handoffRate: share(totals.handoffsCreated, totals.prospectsContacted),
        acceptanceRate: share(totals.handoffsAccepted, totals.handoffsAccepted + totals.handoffsRejected),
      },
    };
  },
);
