import { type RawBuilder, sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { wilsonInterval } from '../../../domain/crm/proportion.rules.ts';
import { verb } from '../../core/context.ts';
import { endOfDay, startOfDay } from './as-of.ts';

export const WIN_LOSS_GROUPS = ['owner', 'team', 'stage', 'reason', 'month'] as const;
export type WinLossGroup = (typeof WIN_LOSS_GROUPS)[number];

export interface WinLossInput {
  /** First and last day of the decision, both included. */
  startDate: string;
  endDate: string;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  groupBy?: WinLossGroup | undefined;
}

export interface WinLossLine {
  /** What the line is about: an id, a stage, a reason, a month; null for the whole, and where nothing is set. */
  key: string | null;
  won: number;
  lost: number;
  /** Won ÷ decided; null without a decision. */
  winRate: number | null;
  /** 95 % interval by Wilson: wide where few deals were decided. */
  winRateLow: number | null;
  winRateHigh: number | null;
  /** Days from creation to the decision, mean. */
  cycleDaysWon: number | null;
  cycleDaysLost: number | null;
  amounts: { currency: string; won: string; lost: string; averageWon: string | null }[];
}

/** Decided deals of a period, by the day of the decision. @throws AppError validation. */
export const readWinLoss = verb(
  { permission: 'deals.view' },
  async (ctx, input: WinLossInput): Promise<{ total: WinLossLine; groups: WinLossLine[]; reasons: WinLossLine[] }> => {
    if (input.endDate < input.startDate) throw invalid('endDate', 'must not lie before startDate', input.endDate);
    const { rows } = await sql<Omit<WinLossLine, 'winRate' | 'winRateLow' | 'winRateHigh'> & { part: string }>`
      with decided as materialized (
        select d.id, d.stage = 'closed_won' as won, coalesce(d.amount, 0) as amount, d.amount as given, d.currency,
               extract(epoch from d.closed_at - (
                 select min(h.changed_at) from deal_stage_history h
                 where h.organization_id = d.organization_id and h.deal_id = d.id)) / 86400 as days, d.win_loss_reason as reason,
               ${groupKey(input.groupBy)} as key
        from deals d
        join organizations o on o.id = d.organization_id
        where d.organization_id = ${ctx.organizationId} and d.deleted_at is null and d.closed_at is not null
          and d.closed_at >= ${startOfDay(ctx, input.startDate)} and d.closed_at < ${endOfDay(ctx, input.endDate)}
          ${input.ownerId === undefined ? sql`` : sql`and d.owner_id = ${input.ownerId}::uuid`}
          ${input.teamId === undefined ? sql`` : sql`and d.team_id = ${input.teamId}::uuid`}),
      lines as (
        select 'total' as part, null::text as key, decided.* from (select id, won, amount, given, currency, days from decided) decided
        union all
        select 'group', key, id, won, amount, given, currency, days from decided where ${input.groupBy !== undefined}
        union all
        select 'reason', reason, id, won, amount, given, currency, days from decided),
      money as (
        select part, key, currency, trim_scale(coalesce(sum(amount) filter (where won), 0))::text as won,
               trim_scale(coalesce(sum(amount) filter (where not won), 0))::text as lost,
               trim_scale(round(avg(given) filter (where won), 2))::text as average
        from lines group by part, key, currency)
      select part, key, count(*) filter (where won)::integer as won, count(*) filter (where not won)::integer as lost,
             round((avg(days) filter (where won))::numeric, 1)::double precision as "cycleDaysWon",
             round((avg(days) filter (where not won))::numeric, 1)::double precision as "cycleDaysLost",
             (select coalesce(jsonb_agg(jsonb_build_object('currency', m.currency, 'won', m.won, 'lost', m.lost,
                 'averageWon', m.average) order by m.currency), '[]')
              from money m where m.part = lines.part and m.key is not distinct from lines.key) as amounts
      from lines group by part, key order by count(*) desc, key nulls last`.execute(ctx.tx);
    const of = (part: string) => rows.filter((row) => row.part === part).map(({ part: _, ...row }) => withRate(row));
    const nothing = { key: null, won: 0, lost: 0, cycleDaysWon: null, cycleDaysLost: null, amounts: [] };
    return { total: of('total')[0] ?? withRate(nothing), groups: of('group'), reasons: of('reason') };
  },
);

/** The stage is the one that the deal was decided from: where deals are lost. */
function groupKey(groupBy: WinLossGroup | undefined): RawBuilder<unknown> {
  switch (groupBy) {
    case 'owner':
      return sql`d.owner_id::text`;
    case 'team':
      return sql`d.team_id::text`;
    case 'reason':
      return sql`d.win_loss_reason`;
    case 'month':
      return sql`to_char(d.closed_at at time zone o.time_zone, 'YYYY-MM')`;
    case 'stage':
      return sql`(select h.from_stage from deal_stage_history h
        where h.organization_id = d.organization_id and h.deal_id = d.id and h.stage = d.stage
          and h.from_stage is distinct from h.stage
        order by h.changed_at desc, h.id desc limit 1)`;
    default:
      return sql`null::text`;
  }
}

function withRate(line: Omit<WinLossLine, 'winRate' | 'winRateLow' | 'winRateHigh'>): WinLossLine {
  const decided = line.won + line.lost;
  const interval = wilsonInterval(line.won, decided);
  const rounded = (value: number) => Math.round(value * 10_000) / 10_000;
  return {
    ...line,
    winRate: decided === 0 ? null : rounded(line.won / decided),
    winRateLow: interval && rounded(interval.low),
    winRateHigh: interval && rounded(interval.high),
  };
}
