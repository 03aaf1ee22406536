import { type RawBuilder, sql } from 'kysely';
import type { ForecastCategory } from '../../../domain/crm/deal.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { dealsAsOf, endOfDay } from './as-of.ts';

export const FORECAST_PERIODS = ['month', 'quarter', 'year'] as const;
export type ForecastPeriod = (typeof FORECAST_PERIODS)[number];

export interface ForecastInput {
  period: ForecastPeriod;
  /** A day of the period; default: today in the organization's time zone. */
  date?: string | undefined;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  /** The pipeline as it was when this day ended; default: now. */
  asOf?: string | undefined;
}

export interface ForecastLine {
  category: ForecastCategory;
  deals: number;
  /** Decimal texts. */
  amount: string;
  weighted: string;
}

export interface CurrencyForecast {
  currency: string;
  categories: ForecastLine[];
  /** Closed, and open deals by their probability. */
  projected: string;
  /** Closed and commit; the best case adds that category in full. */
  commit: string;
  bestCase: string;
}

export interface Forecast {
  period: ForecastPeriod;
  startDate: string;
  endDate: string;
  asOf: string | null;
  currencies: CurrencyForecast[];
}

/** First and last day of the period around a day; quarters and years begin with the organization's fiscal year. */
export const fiscalPeriod = (ctx: Ctx, period: ForecastPeriod, date: string | undefined): RawBuilder<unknown> => sql`(
  select first::date as first, (first + ${STEPS[period]}::interval - interval '1 day')::date as last
  from (
    select date_trunc(${period}, day - shift) + shift as first
    from (
      select coalesce(${date ?? null}::date, (${ctx.now}::timestamptz at time zone o.time_zone)::date)::timestamp as day,
             case when ${period}::text = 'month' then interval '0' else make_interval(months => o.fiscal_year_start - 1) end
               as shift
      from organizations o where o.id = ${ctx.organizationId}) given) begun)`;

const STEPS: Readonly<Record<ForecastPeriod, string>> = { month: '1 month', quarter: '3 months', year: '1 year' };

/** Open deals by their close date, won ones by the day they were won; lost ones are out. */
export const readForecast = verb({ permission: 'deals.view' }, async (ctx, input: ForecastInput): Promise<Forecast> => {
  const deals = input.asOf === undefined ? sql`deals` : dealsAsOf(ctx, endOfDay(ctx, input.asOf));
  const { rows } = await sql<{
    startDate: string;
    endDate: string;
    currency: string | null;
    category: ForecastCategory | null;
    deals: number;
    amount: string;
    weighted: string;
  }>`
    with span as materialized ${fiscalPeriod(ctx, input.period, input.date)},
    lines as (
      select d.currency, d.forecast_category as category, count(*)::integer as deals,
             trim_scale(coalesce(sum(d.amount), 0))::text as amount,
             trim_scale(round(coalesce(sum(d.amount * d.probability / 100), 0), 3))::text as weighted
      from ${deals} d cross join span
      where ${forecastConditions(ctx, input)}
      group by d.currency, d.forecast_category)
    select to_char(span.first, 'YYYY-MM-DD') as "startDate", to_char(span.last, 'YYYY-MM-DD') as "endDate", lines.*
    from span left join lines on true order by lines.currency`.execute(ctx.tx);
  const found = rows.filter((row) => row.currency !== null);
  return {
    period: input.period,
    startDate: rows[0]!.startDate,
    endDate: rows[0]!.endDate,
    asOf: input.asOf ?? null,
    currencies: [...new Set(found.map((row) => row.currency!))].map((currency) =>
      sumUp(currency, found.filter((row) => row.currency === currency) as unknown as ForecastLine[]),
    ),
  };
});

/** Deals `d` that belong to the period `span`. */
export function forecastConditions(ctx: Ctx, input: Pick<ForecastInput, 'ownerId' | 'teamId'>): RawBuilder<unknown> {
  return sql`d.organization_id = ${ctx.organizationId} and d.deleted_at is null and d.stage <> 'closed_lost'
    and case when d.stage = 'closed_won'
          then (d.closed_at at time zone (select o.time_zone from organizations o where o.id = d.organization_id))::date
          else d.close_date end between span.first and span.last
    ${input.ownerId === undefined ? sql`` : sql`and d.owner_id = ${input.ownerId}::uuid`}
    ${input.teamId === undefined ? sql`` : sql`and d.team_id = ${input.teamId}::uuid`}`;
}

const ORDER: readonly ForecastCategory[] = ['pipeline', 'best_case', 'commit', 'closed'];

function sumUp(currency: string, lines: readonly ForecastLine[]): CurrencyForecast {
  const line = (category: ForecastCategory): ForecastLine => {
    const found = lines.find((entry) => entry.category === category);
    return { category, deals: found?.deals ?? 0, amount: found?.amount ?? '0', weighted: found?.weighted ?? '0' };
  };
  const categories = ORDER.map(line);
  const [, bestCase, commit, closed] = categories.map((entry) => milli(entry.amount)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  return {
    currency,
    categories,
    projected: plain(categories.reduce((sum, entry) => sum + milli(entry.weighted), 0n)),
    commit: plain(closed + commit),
    bestCase: plain(closed + commit + bestCase),
  };
}

/** Thousandths, so that sums of decimal texts stay exact. */
export function milli(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const value = BigInt(whole) * 1000n + BigInt(fraction.padEnd(3, '0').slice(0, 3));
  return decimal.startsWith('-') ? -value : value;
}

export function plain(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -3)}${fraction ? `.${fraction}` : ''}`;
}
