import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import { claimFactor, overClaim } from '../../../domain/insight/claims.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { conversionsOf } from '../attribution/conversions.query.ts';
import { frozenRun, type RunRow } from '../attribution/run-view.ts';

export interface OverClaimsInput {
  /** Absent: the newest completed run. */
  runId?: string | undefined;
  /** Absent: the run's own model. */
  modelCode?: ModelCode | undefined;
  /** Calendar days, both inclusive; absent: from the first day claimed to the last. */
  startDate?: string | undefined;
  endDate?: string | undefined;
  channel?: string | undefined;
}

export interface RevenueClaim {
  currency: string;
  claimed: string;
  real: string;
  factor: number | null;
  overClaim: number | null;
}

export interface ClaimedChannel {
  channel: string;
  platforms: string[];
  claimedConversions: number;
  /** What the model gives this channel, in conversions. */
  creditedConversions: number;
  /** Real conversions that this channel touched at all: the most that it can honestly claim. */
  touchedConversions: number;
  /** Claimed for each credited one, and how far that is too much. */
  factor: number | null;
  overClaim: number | null;
  revenue: RevenueClaim[];
}

export interface OverClaimsView {
  run: { id: string; name: string; modelCode: string; asOf: Date | null };
  startDate: string | null;
  endDate: string | null;
  /** Whether the run looked at the conversions of all of these days. */
  insideRun: boolean;
  channels: ClaimedChannel[];
  totals: {
    claimedConversions: number;
    /** Each conversion once. */
    realConversions: number;
    factor: number | null;
    overClaim: number | null;
    revenue: RevenueClaim[];
  };
  /** Claims whose period lies only partly in the range: they cannot be cut, so they are left out. */
  claimsCutByRange: number;
}

/**
 * What platforms claim beside the deduplicated truth of a run. @throws AppError validation; not_found; conflict
 * `RUN_NOT_COMPLETED`.
 */
export const listOverClaims = verb(
  { permission: 'attribution.view' },
  async (ctx, input: OverClaimsInput): Promise<OverClaimsView> => {
    const row = await findTruth(ctx, input.runId);
    const modelCode = input.modelCode ?? row.model_code;
    if (!row.models.includes(modelCode)) {
      throw invalid('modelCode', 'is not a model of this run', modelCode, `The run has ${row.models.join(', ')}.`);
    }
    const range = await rangeOf(ctx, input);
    if (!range) return nothing(row, modelCode, input);
    const truth = await readTruth(ctx, row, modelCode, range, input.channel);
    return { ...truth, run: runOf(row, modelCode), ...range, insideRun: isInside(row, range) };
  },
);

const runOf = (row: RunRow, modelCode: string) => ({ id: row.id, name: row.name, modelCode, asOf: row.as_of });

interface Days {
  startDate: string;
  endDate: string;
}

async function findTruth(ctx: Ctx, runId: string | undefined): Promise<RunRow> {
  const runs = ctx.tx.selectFrom('attribution_runs').selectAll().where('comparison_id', 'is', null);
  if (runId) {
    const row = await runs.where('id', '=', runId).executeTakeFirst();
    if (!row) throw notFound('The attribution run');
    if (row.published_generation !== null) return row;
    throw notCompleted(row.name);
  }
  const newest = await runs
    .where('published_generation', 'is not', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!newest) throw notCompleted('of this organization');
  return newest;
}

const notCompleted = (name: string) =>
  conflict('RUN_NOT_COMPLETED', `The run ${name} has no results yet, so there is nothing to hold claims against.`, {
    hint: 'Create and execute an attribution run and wait until its status is completed.',
  });

async function rangeOf(ctx: Ctx, { startDate, endDate }: OverClaimsInput): Promise<Days | null> {
  if (startDate && endDate && endDate < startDate) throw invalid('endDate', 'lies before start_date', endDate);
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select min(start_date)::text as first, max(end_date)::text as last from platform_claims
    where organization_id = ${ctx.organizationId}`.execute(ctx.tx);
  const { first, last } = rows[0]!;
  const days = { startDate: startDate ?? first, endDate: endDate ?? last };
  return days.startDate && days.endDate ? { startDate: days.startDate, endDate: days.endDate } : null;
}

const isInside = ({ config }: RunRow, { startDate, endDate }: Days): boolean => {
  const run = config as { startDate?: string | null; endDate?: string | null };
  return (!run.startDate || run.startDate <= startDate) && (!run.endDate || run.endDate >= endDate);
};

interface TruthRow {
  channel: string | null;
  platforms: string[] | null;
  claimed: string | null;
  cut: number;
  credited: string | null;
  touched: number | null;
  real: number;
  revenue: { currency: string; claimed: number; real: number }[];
}

/** One statement: claims, credits and conversions of the range by channel, and a row for all of them (channel null). */
async function readTruth(ctx: Ctx, row: RunRow, modelCode: string, days: Days, channel: string | undefined) {
  const run = frozenRun(row, row.published_generation!)!;
  const organization = ctx.organizationId;
  const dayStart = (day: string, plus: number) =>
    sql`((${day}::date + ${plus}::integer)::timestamp at time zone ${run.inputs.timeZone})`;
  const inRange = (column: string) =>
    sql`${sql.ref(column)} >= ${dayStart(days.startDate, 0)} and ${sql.ref(column)} < ${dayStart(days.endDate, 1)}`;
  const only = channel ? sql`and channel = ${channel}` : sql``;
  const { rows } = await sql<TruthRow>`
    with claim as (
      select * from platform_claims where organization_id = ${organization} ${only}
        and start_date >= ${days.startDate}::date and end_date <= ${days.endDate}::date
    ), cut as (
      select count(*)::integer as count from platform_claims where organization_id = ${organization} ${only}
        and start_date <= ${days.endDate}::date and end_date >= ${days.startDate}::date
        and not (start_date >= ${days.startDate}::date and end_date <= ${days.endDate}::date)
    ), conversion as materialized (
      select id, currency, amount_minor from (${conversionsOf(run, { from: null, to: null })}) c
      where ${inRange('c.occurred_at')}
    ), credit as materialized (
      select conversion_id, channel, currency, sum(weight) as weight, sum(amount_minor) as amount_minor
      from attribution_results
      where organization_id = ${organization} and run_id = ${run.runId} and generation = ${run.generation}::integer
        and model_code = ${modelCode} and ${inRange('converted_at')}
        and channel in (select channel from claim)
      group by 1, 2, 3
    ), claimed as (
      select channel, array_agg(distinct platform order by platform) as platforms, sum(conversions)::text as conversions
      from claim group by grouping sets ((channel), ())
    ), money as (
      select channel, currency, sum(claimed) as claimed, sum(real) as real
      from (
        select channel, currency, amount_minor as claimed, 0 as real from claim where amount_minor is not null
        union all
        select channel, currency, 0, amount_minor from credit
      ) both_sides
      group by channel, currency
      union all
      select null, currency, sum(claimed), sum(real)
      from (
        select currency, amount_minor as claimed, 0 as real from claim where amount_minor is not null
        union all
        select currency, 0, amount_minor from conversion
      ) everything
      group by currency
    )
    select claimed.channel, claimed.platforms, claimed.conversions as claimed, cut.count as cut,
           (select round(sum(weight) / 1e12, 6)::text from credit where credit.channel = claimed.channel) as credited,
           (select count(distinct conversion_id) from credit where credit.channel = claimed.channel) as touched,
           (select count(*) from conversion) as real,
           coalesce((select jsonb_agg(jsonb_build_object('currency', currency, 'claimed', money.claimed, 'real', money.real)
                                      order by currency)
                     from money where money.channel is not distinct from claimed.channel), '[]') as revenue
    from claimed, cut
    order by claimed.channel`.execute(ctx.tx);
  const all = rows.find((found) => found.channel === null)!;
  const claimed = Number(all.claimed ?? 0);
  return {
    channels: rows.flatMap((found) => (found.channel === null ? [] : [toChannel(found, found.channel)])),
    totals: {
      claimedConversions: claimed,
      realConversions: all.real,
      factor: claimFactor(claimed, all.real),
      overClaim: overClaim(claimed, all.real),
      revenue: all.revenue.map(toRevenue),
    },
    claimsCutByRange: all.cut,
  };
}

function toChannel(row: TruthRow, channel: string): ClaimedChannel {
  const [claimed, credited] = [Number(row.claimed), Number(row.credited ?? 0)];
  return {
    channel,
    platforms: row.platforms ?? [],
    claimedConversions: claimed,
    creditedConversions: credited,
    touchedConversions: row.touched ?? 0,
    factor: claimFactor(claimed, credited),
    overClaim: overClaim(claimed, credited),
    revenue: row.revenue.map(toRevenue),
  };
}

const toRevenue = ({ currency, claimed, real }: TruthRow['revenue'][number]): RevenueClaim => ({
  currency,
  claimed: fromMinorUnits(claimed, currency),
  real: fromMinorUnits(real, currency),
  factor: claimFactor(claimed, real),
  overClaim: overClaim(claimed, real),
});

const nothing = (row: RunRow, modelCode: string, input: OverClaimsInput): OverClaimsView => ({
  run: runOf(row, modelCode),
  startDate: input.startDate ?? null,
  endDate: input.endDate ?? null,
  insideRun: true,
  channels: [],
  totals: { claimedConversions: 0, realConversions: 0, factor: null, overClaim: null, revenue: [] },
  claimsCutByRange: 0,
});
