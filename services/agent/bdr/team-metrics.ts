import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { type AgentFigures, agentRatesOf, FIGURE_SUMS } from './figures.ts';

export interface TeamMetrics {
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly leadsContacted: number;
  readonly messagesSent: number;
  readonly replies: number;
  readonly meetingsBooked: number;
  readonly handoffsCreated: number;
  readonly handoffsAccepted: number;
  readonly responseRate: number | null;
  readonly handoffRate: number | null;
  readonly modelCostUsd: number;
}

export interface TeamMetricsReport {
  readonly startDate: string;
  readonly endDate: string;
  readonly teams: readonly TeamMetrics[];
  readonly totals: TeamMetrics;
}

interface Row extends AgentFigures {
  readonly startDate: string;
  readonly isTotal: boolean;
  readonly teamId: string | null;
  readonly teamName: string | null;
}

const toMetrics = (row: Row): TeamMetrics => {
  const { responseRate, handoffRate } = agentRatesOf(row);
  return {
    teamId: row.teamId,
    teamName: row.teamName,
    leadsContacted: row.prospectsContacted,
    messagesSent: row.messagesSent,
    replies: row.replies,
    meetingsBooked: row.meetingsBooked,
    handoffsCreated: row.handoffsCreated,
    handoffsAccepted: row.handoffsAccepted,
    responseRate,
    handoffRate,
    modelCostUsd: row.modelCostUsd,
  };
};

/** What the agents of all teams have done; without a range in the last thirty days. Rates are shares of those contacted. */
export const reportAgents = verb(
  { permission: 'bdr.view' },
  async (ctx, input: { startDate?: string | undefined; endDate?: string | undefined }): Promise<TeamMetricsReport> => {
    const end = input.endDate ?? ctx.now.toISOString().slice(0, 10);
    const { rows } = await sql<Row>`
      with range as (select coalesce(${input.startDate ?? null}::date, ${end}::date - 29) as first, ${end}::date as last)
      select grouping(team.id) = 1 as "isTotal", to_char(range.first, 'YYYY-MM-DD') as "startDate", team.id as "teamId",
             team.name as "teamName", ${FIGURE_SUMS}
      from range
      left join bdr_performance_metrics m on m.organization_id = ${ctx.organizationId}
        and m.date between range.first and range.last
      left join teams team on team.organization_id = m.organization_id and team.id = m.team_id
      group by range.first, grouping sets ((team.id, team.name), ())
      order by "isTotal" desc, team.name, team.id`.execute(ctx.tx);
    const [totals, ...teams] = rows;
    return {
      startDate: totals!.startDate,
      endDate: end,
      totals: toMetrics(totals!),
      teams: teams.filter(({ teamId }) => teamId).map(toMetrics),
    };
  },
);
