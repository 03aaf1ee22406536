import { sql } from 'kysely';
import { type Ctx, verb } from '../../core/context.ts';
import { FORECAST_PERIODS, type ForecastPeriod, fiscalPeriod, forecastConditions } from './forecast.query.ts';

/**
 * Keeps today's forecast of the running month, quarter and year by team and owner. Once per day of the organization: a
 * second one on the same day changes nothing. Answers how many rows were kept. For the job and the demo: no permission.
 */
export async function takeForecastSnapshot(ctx: Ctx): Promise<number> {
  const { rows } = await sql`
    with today as (
      select (${ctx.now}::timestamptz at time zone o.time_zone)::date as day
      from organizations o where o.id = ${ctx.organizationId})
    insert into forecast_snapshots (taken_on, period, period_start, team_id, owner_id, category, currency, deals, amount,
                                    weighted)
    ${sql.join(
      FORECAST_PERIODS.map(
        (period) => sql`
      (select today.day, ${period}::text, span.first, d.team_id, d.owner_id, d.forecast_category, d.currency,
              count(*)::integer, coalesce(sum(d.amount), 0), coalesce(sum(d.amount * d.probability / 100), 0)
       from today cross join ${fiscalPeriod(ctx, period, undefined)} span cross join deals d
       where ${forecastConditions(ctx, {})}
       group by today.day, span.first, d.team_id, d.owner_id, d.forecast_category, d.currency)`,
      ),
      sql` union all `,
    )}
    on conflict do nothing
    returning id`.execute(ctx.tx);
  return rows.length;
}

export interface AccuracyInput {
  period: ForecastPeriod;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  /** How many past periods; the running one is not judged. */
  periods: number;
}

export interface Accuracy {
  periodStart: string;
  currency: string;
  /** The first day of the period on which a snapshot was taken. */
  forecastOn: string;
  /** Decimal texts: closed, and open deals by their probability, as they stood on that day. */
  projected: string;
  commit: string;
  /** What was won in the period. */
  actual: string;
  /** (projected − actual) ÷ actual; above 0 is too hopeful. Null when nothing was won. */
  error: number | null;
  commitError: number | null;
}

/** What was forecast at the beginning of each past period against what was won in it, newest first. */
export const readForecastAccuracy = verb(
  { permission: 'deals.view' },
  async (ctx, input: AccuracyInput): Promise<{ period: ForecastPeriod; periods: Accuracy[] }> => {
    const mine = sql`
      ${input.ownerId === undefined ? sql`` : sql`and owner_id = ${input.ownerId}::uuid`}
      ${input.teamId === undefined ? sql`` : sql`and team_id = ${input.teamId}::uuid`}`;
    const step = { month: '1 month', quarter: '3 months', year: '1 year' }[input.period];
    const { rows } = await sql<Accuracy>`
      with current as ${fiscalPeriod(ctx, input.period, undefined)},
      firsts as (
        select period_start, min(taken_on) as taken_on from forecast_snapshots, current
        where organization_id = ${ctx.organizationId} and period = ${input.period} and period_start < current.first
        group by period_start order by period_start desc limit ${input.periods}::integer),
      forecast as (
        select s.period_start, s.taken_on, s.currency, sum(s.weighted) as projected,
               coalesce(sum(s.amount) filter (where s.category in ('commit', 'closed')), 0) as commit
        from forecast_snapshots s join firsts using (period_start, taken_on)
        where s.organization_id = ${ctx.organizationId} and s.period = ${input.period} ${mine}
        group by s.period_start, s.taken_on, s.currency),
      actual as (
        select f.period_start, d.currency, sum(d.amount) as amount
        from firsts f
        join organizations o on o.id = ${ctx.organizationId}
        join deals d on d.organization_id = o.id and d.stage = 'closed_won' and d.deleted_at is null
          and (d.closed_at at time zone o.time_zone)::date >= f.period_start
          and (d.closed_at at time zone o.time_zone)::date < (f.period_start + ${step}::interval)::date ${mine}
        group by f.period_start, d.currency),
      judged as (
        select period_start, currency, firsts.taken_on, coalesce(forecast.projected, 0) as projected,
               coalesce(forecast.commit, 0) as commit, coalesce(actual.amount, 0) as actual
        from forecast full join actual using (period_start, currency) join firsts using (period_start))
      select to_char(period_start, 'YYYY-MM-DD') as "periodStart", currency,
             to_char(taken_on, 'YYYY-MM-DD') as "forecastOn", trim_scale(round(projected, 3))::text as projected,
             trim_scale(commit)::text as commit, trim_scale(actual)::text as actual,
             round((projected - actual) / nullif(actual, 0), 4)::double precision as error,
             round((commit - actual) / nullif(actual, 0), 4)::double precision as "commitError"
      from judged order by period_start desc, currency`.execute(ctx.tx);
    return { period: input.period, periods: rows };
  },
);
