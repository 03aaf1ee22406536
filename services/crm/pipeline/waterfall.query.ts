import { type RawBuilder, sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { WATERFALL_PARTS, type WaterfallPart } from '../../../domain/crm/waterfall.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { dealsAsOf, endOfDay, startOfDay } from './as-of.ts';

export interface WaterfallInput {
  /** First and last day, both included, in the organization's time zone. */
  startDate: string;
  endDate: string;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  /** Only deals that are to close in these days; a deal that leaves them has slipped. Default: any or no close date. */
  closeFrom?: string | undefined;
  closeUntil?: string | undefined;
}

export interface Waterfall {
  currency: string;
  /** Decimal texts: the open pipeline when the first day began and when the last one ended. */
  opening: string;
  openingDeals: number;
  closing: string;
  closingDeals: number;
  parts: { part: WaterfallPart; amount: string; changes: number }[];
}

/**
 * How the open pipeline came from one day to another, per currency. Opening and closing are read from the state at
 * either end, the parts from every change between: they add up to the difference exactly.
 * @throws AppError validation when the days are the wrong way round.
 */
export const readWaterfall = verb(
  { permission: 'deals.view' },
  async (ctx, input: WaterfallInput): Promise<{ currencies: Waterfall[] }> => {
    if (input.endDate < input.startDate) throw invalid('endDate', 'must not lie before startDate', input.endDate);
    const { rows } = await sql<{ kind: string; currency: string; amount: string; deals: number }>`
    with bounds as materialized (
      select ${startOfDay(ctx, input.startDate)} as opens, ${endOfDay(ctx, input.endDate)} as closes),
    states as (
      select h.deal_id, h.changed_at, h.stage, coalesce(h.amount, 0) as amount, h.currency, h.deleted,
             ${inPeriod(input)} as in_period, ${inScope(input)} as in_scope,
             not h.deleted and h.stage not in ('closed_won', 'closed_lost') and ${inPeriod(input)} and ${inScope(input)}
               as counts,
             lag(h.id) over w is null as first,
             lag(h.stage) over w as old_stage, lag(coalesce(h.amount, 0)) over w as old_amount,
             lag(h.currency) over w as old_currency, lag(h.deleted) over w as old_deleted,
             lag(${inScope(input)}) over w as old_in_scope,
             coalesce(lag(not h.deleted and h.stage not in ('closed_won', 'closed_lost') and ${inPeriod(input)}
               and ${inScope(input)}) over w, false) as counted
      from deal_stage_history h
      where h.organization_id = ${ctx.organizationId} and h.changed_at < (select closes from bounds)
      window w as (partition by h.deal_id order by h.changed_at, h.id)),
    changes as (select * from states where changed_at >= (select opens from bounds) and (counts or counted)),
    moved as (
      select case when amount > old_amount then 'grown' else 'shrunk' end as kind, currency,
             amount - old_amount as amount
      from changes where counted and currency = old_currency and amount <> old_amount
      union all
      select 'shrunk', old_currency, -old_amount from changes where counted and counts and currency <> old_currency
      union all
      select 'grown', currency, amount from changes where counted and counts and currency <> old_currency
      union all
      select case when deleted then 'removed' when stage = 'closed_won' then 'won' when stage = 'closed_lost' then 'lost'
                  when in_scope then 'slipped' else 'moved_out' end,
             old_currency, case when currency = old_currency then -amount else -old_amount end
      from changes where counted and not counts
      union all
      select case when first or old_deleted then 'new' when old_stage in ('closed_won', 'closed_lost') then 'reopened'
                  when old_in_scope then 'pulled_in' else 'moved_in' end,
             currency, amount
      from changes where counts and not counted),
    ends as (
      ${openPipeline(ctx, 'opening', sql`(select opens from bounds)`, input)}
      union all
      ${openPipeline(ctx, 'closing', sql`(select closes from bounds)`, input)})
    select kind, currency, trim_scale(sum(amount))::text as amount, count(*)::integer as deals
    from (select * from moved union all select * from ends) line
    group by kind, currency order by currency, kind`.execute(ctx.tx);
    return { currencies: [...new Set(rows.map((row) => row.currency))].map((currency) => arrange(currency, rows)) };
  },
);

/** In or out of the days in which deals are to close; without days every deal is in. */
function inPeriod({ closeFrom, closeUntil }: WaterfallInput): RawBuilder<unknown> {
  if (closeFrom === undefined && closeUntil === undefined) return sql`true`;
  return sql`coalesce(h.close_date between coalesce(${closeFrom ?? null}::date, '-infinity'::date)
    and coalesce(${closeUntil ?? null}::date, 'infinity'::date), false)`;
}

const inScope = ({ ownerId, teamId }: WaterfallInput): RawBuilder<unknown> => sql`(
  ${ownerId === undefined ? sql`true` : sql`h.owner_id is not distinct from ${ownerId}::uuid`}
  and ${teamId === undefined ? sql`true` : sql`h.team_id is not distinct from ${teamId}::uuid`})`;

const openPipeline = (
  ctx: Ctx,
  kind: string,
  at: RawBuilder<unknown>,
  input: WaterfallInput,
): RawBuilder<unknown> => sql`
  select ${kind}::text as kind, h.currency, coalesce(h.amount, 0) as amount
  from ${dealsAsOf(ctx, at)} h
  where h.stage not in ('closed_won', 'closed_lost') and ${inPeriod(input)} and ${inScope(input)}`;

function arrange(
  currency: string,
  rows: readonly { kind: string; currency: string; amount: string; deals: number }[],
): Waterfall {
  const of = (kind: string) => rows.find((row) => row.currency === currency && row.kind === kind);
  return {
    currency,
    opening: of('opening')?.amount ?? '0',
    openingDeals: of('opening')?.deals ?? 0,
    closing: of('closing')?.amount ?? '0',
    closingDeals: of('closing')?.deals ?? 0,
    parts: WATERFALL_PARTS.map((part) => ({ part, amount: of(part)?.amount ?? '0', changes: of(part)?.deals ?? 0 })),
  };
}
