import { sql } from 'kysely';
import { verb } from '../../core/context.ts';

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

/** What the agents of all teams have done; without a range in the last thirty days. Rates are shares of those contacted. */
export const reportAgents = verb(
  { permission: 'bdr.view' },
  async (ctx, input: { startDate?: string | undefined; endDate?: string | undefined }): Promise<TeamMetricsReport> => {
    const end = input.endDate ?? ctx.now.toISOString().slice(0, 10);
    const { rows } = await sql<TeamMetrics & { isTotal: boolean; startDate: string }>`
      with range as (select coalesce(${input.startDate ?? null}::date, ${end}::date - 29) as first, ${end}::date as last)
      select grouping(team.id) = 1 as "isTotal", to_char(range.first, 'YYYY-MM-DD') as "startDate", team.id as "teamId",
             team.name as "teamName", coalesce(sum(m.prospects_contacted), 0)::integer as "leadsContacted",
             coalesce(sum(m.messages_sent), 0)::integer as "messagesSent", coalesce(sum(m.replies), 0)::integer as replies,
             coalesce(sum(m.meetings_booked), 0)::integer as "meetingsBooked",
             coalesce(sum(m.handoffs_created), 0)::integer as "handoffsCreated",
             coalesce(sum(m.handoffs_accepted), 0)::integer as "handoffsAccepted",
             sum(m.replies)::float8 / nullif(sum(m.prospects_contacted), 0) as "responseRate",
             sum(m.handoffs_created)::float8 / nullif(sum(m.prospects_contacted), 0) as "handoffRate",
             coalesce(sum(m.model_cost_micros) / 1000000.0, 0)::float8 as "modelCostUsd"
      from range
      left join bdr_performance_metrics m on m.organization_id = ${ctx.organizationId}
        and m.date between range.first and range.last
      left join teams team on team.organization_id = m.organization_id and team.id = m.team_id
      group by range.first, grouping sets ((team.id, team.name), ())
      order by "isTotal" desc, team.name, team.id`.execute(ctx.tx);
    const [totals, ...teams] = rows.map(({ isTotal: _, startDate: __, ...row }) => row);
    return { startDate: rows[0]!.startDate, endDate: end, totals: totals!, teams: teams.filter((row) => row.teamId) };
  },
);
