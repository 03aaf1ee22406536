import { sql } from 'kysely';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { changeOf } from '../../../domain/insight/metrics.rules.ts';
import { bucketsOf } from '../../../domain/insight/period.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type AnswerFacts, checkAsked, factsOf, refuseUnknownZone } from '../analytics/facts.ts';
import { type Asked, type Head, headCtes } from '../analytics/head.query.ts';

export interface OverviewFigures {
  /** Conversions less refunds, whether credited or not; null where currencies cannot be added. */
  totalRevenue: number | null;
  /** Without refunds. */
  conversions: number;
  refunds: number;
  interactions: number;
  /** Runs that were created in the period. */
  attributionRuns: number;
  /** Campaigns with spend, touches or both in the period. */
  activeCampaigns: number;
}

export interface Overview extends AnswerFacts {
  greeting: { name: string | null; message: string };
  organizationName: string;
  currency: string;
  figures: OverviewFigures;
  previous: OverviewFigures | null;
  change: Record<keyof OverviewFigures, number | null> | null;
  revenueByCurrency: { currency: string; amount: number }[];
  /** All of the organization, whenever they were. */
  allRuns: { pending: number; running: number; completed: number; failed: number };
  daily: { day: string; revenue: number | null; conversions: number }[];
}

interface Sale {
  which: 0 | 1;
  day: string | null;
  currency: string;
  minor: number;
  /** In the answer's currency; null where a rate is missing. */
  converted: number | null;
  conversions: number;
  refunds: number;
}

interface Read {
  head: Head;
  name: string | null;
  organizationName: string;
  sales: Sale[];
  counts: { which: 0 | 1; interactions: number; runs: number; campaigns: number }[];
  runs: Overview['allRuns'];
}

/** The home screen. @throws AppError validation. */
export const dashboardOverview = verb({ permission: 'reports.view' }, async (ctx, input: Asked): Promise<Overview> => {
  checkAsked(input, 'day');
  const read = await refuseUnknownZone(() => readOverview(ctx, input), input.timezone);
  const { head, sales } = read;
  const ofPeriod = (which: 0 | 1) => sales.filter((sale) => sale.which === which);
  const currencies = [...new Set(sales.map((sale) => sale.currency))];
  const isMissing = sales.some((sale) => sale.converted === null);
  const [only, ...more] = currencies;
  const isForeign = isMissing && only !== undefined && more.length === 0 && !input.currency;
  const currency = isForeign ? only : head.currency;
  const revenueOf = (rows: readonly Sale[]): number | null => {
    if (isMissing && !isForeign) return null;
    const minor = rows.reduce((sum, sale) => sum + (isForeign ? sale.minor : sale.converted!), 0);
    return Number(fromMinorUnits(Math.round(minor), currency));
  };
  const figuresOf = (which: 0 | 1): OverviewFigures => {
    const rows = ofPeriod(which);
    const counted = read.counts.find((row) => row.which === which);
    return {
      totalRevenue: revenueOf(rows),
      conversions: rows.reduce((sum, sale) => sum + sale.conversions, 0),
      refunds: rows.reduce((sum, sale) => sum + sale.refunds, 0),
      interactions: counted?.interactions ?? 0,
      attributionRuns: counted?.runs ?? 0,
      activeCampaigns: counted?.campaigns ?? 0,
    };
  };
  const figures = figuresOf(0);
  const previous = input.compare ? figuresOf(1) : null;
  const names = Object.keys(figures) as (keyof OverviewFigures)[];
  const facts = factsOf(head, input);
  if (isMissing && !isForeign) {
    facts.warnings.push({
      code: 'CURRENCIES_NOT_ADDED',
      message: `A rate into ${currency} is missing, so revenue stands in revenue_by_currency alone. Store rates with POST /v1/exchange-rates.`,
    });
  }
  return {
    ...facts,
    greeting: { name: read.name, message: `Welcome back${read.name ? `, ${read.name}` : ''}` },
    organizationName: read.organizationName,
    currency,
    figures,
    previous,
    change:
      previous &&
      (Object.fromEntries(names.map((name) => [name, changeOf(figures[name], previous[name])])) as Overview['change']),
    revenueByCurrency: currencies.sort().map((code) => ({
      currency: code,
      amount: Number(
        fromMinorUnits(
          ofPeriod(0)
            .filter((sale) => sale.currency === code)
            .reduce((sum, sale) => sum + sale.minor, 0),
          code,
        ),
      ),
    })),
    allRuns: read.runs,
    daily: bucketsOf(head.from_day, head.to_day, 'day', 1).map((day) => {
      const rows = ofPeriod(0).filter((sale) => sale.day === day);
      return { day, revenue: revenueOf(rows), conversions: rows.reduce((sum, sale) => sum + sale.conversions, 0) };
    }),
  };
});

async function readOverview(ctx: Ctx, input: Asked): Promise<Read> {
  const organization = ctx.organizationId;
  const { principal } = ctx;
  const who =
    principal.kind === 'user'
      ? sql`(select first_name from users where organization_id = ${organization} and id = ${principal.id})`
      : principal.kind === 'api_key'
        ? sql`(select u.first_name from api_keys k join users u on u.organization_id = k.organization_id and u.id = k.user_id
               where k.organization_id = ${organization} and k.id = ${principal.id})`
        : sql`null::text`;
  const runCount = (status: string) => sql`count(*) filter (where status = ${sql.lit(status)})`;
  const { rows } = await sql<Read>`
    with ${headCtes(ctx, input)},
    sale as (
      select p.which, (c.occurred_at at time zone h.time_zone)::date as day, c.currency, c.amount_minor,
             case when c.currency <> h.currency then (c.occurred_at at time zone 'UTC')::date end as rate_day
      from head h cross join periods p
      join conversions c on c.organization_id = ${organization} and c.voided_at is null
        and c.occurred_at >= p.from_at and c.occurred_at < p.to_at
    ),
    sales as (
      select s.which, s.day, s.currency, sum(s.minor) as minor,
             case when bool_and(s.rate_day is null or r.factor is not null)
               then round(sum(s.minor * coalesce(r.factor, 1)), 6) end as converted,
             sum(s.conversions) as conversions, sum(s.refunds) as refunds
      from (
        select which, day, currency, rate_day, sum(amount_minor) as minor,
               count(*) filter (where amount_minor >= 0) as conversions, count(*) filter (where amount_minor < 0) as refunds
        from sale group by 1, 2, 3, 4
      ) s
      left join rates r on r.currency = s.currency and s.rate_day >= r.from_day and (r.to_day is null or s.rate_day < r.to_day)
      group by 1, 2, 3
    ),
    counts as (
      select p.which,
        (select count(*) from interactions i where i.organization_id = ${organization} and i.voided_at is null
           and i.started_at >= p.from_at and i.started_at < p.to_at) as interactions,
        (select count(*) from attribution_runs r where r.organization_id = ${organization} and r.comparison_id is null
           and r.created_at >= p.from_at and r.created_at < p.to_at) as runs,
        (select count(distinct campaign) from (
           select s.campaign from spend s where s.organization_id = ${organization} and s.voided_at is null
             and s.campaign is not null and s.day between p.from_day and p.to_day
           union all
           select ts.campaign from interactions i
           join touch_sources ts on ts.organization_id = i.organization_id and ts.id = i.touch_source_id
           where i.organization_id = ${organization} and i.voided_at is null and ts.campaign is not null
             and i.started_at >= p.from_at and i.started_at < p.to_at) active) as campaigns
      from periods p
    )
    select (select to_jsonb(h) from head h) as head, ${who} as name,
      (select name from organizations where id = ${organization}) as "organizationName",
      coalesce((select jsonb_agg(to_jsonb(s)) from sales s), '[]') as sales,
      coalesce((select jsonb_agg(to_jsonb(c)) from counts c), '[]') as counts,
      (select jsonb_build_object('pending', ${runCount('pending')}, 'running', ${runCount('running')},
         'completed', ${runCount('completed')}, 'failed', ${runCount('failed')})
       from attribution_runs where organization_id = ${organization} and comparison_id is null) as runs`.execute(
    ctx.tx,
  );
  return rows[0]!;
}
