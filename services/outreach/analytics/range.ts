import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

/** Days of the organization; absent: the last thirty. */
export interface RangeInput {
  startDate?: string | undefined;
  endDate?: string | undefined;
}

/** Whose work is counted. */
export interface WhoseInput extends RangeInput {
  userId?: string | undefined;
  teamId?: string | undefined;
}

export interface Range {
  readonly startDate: string;
  readonly endDate: string;
  readonly timeZone: string;
  readonly from: Date;
  /** Exclusive. */
  readonly until: Date;
}

const MOST_DAYS = 1_100;

/** @throws AppError validation for days in the wrong order, or more than three years. */
export async function rangeOf(ctx: Ctx, { startDate, endDate }: RangeInput): Promise<Range> {
  const { rows } = await sql<Range & { days: number }>`
    select to_char(day.first, 'YYYY-MM-DD') as "startDate", to_char(day.last, 'YYYY-MM-DD') as "endDate",
           o.time_zone as "timeZone", day.last - day.first + 1 as days,
           day.first::timestamp at time zone o.time_zone as from,
           (day.last + 1)::timestamp at time zone o.time_zone as until
    from organizations o
    cross join lateral (
      select coalesce(${endDate ?? null}::date, ${startDate ?? null}::date + 29,
                      (${ctx.now}::timestamptz at time zone o.time_zone)::date) as last) l
    cross join lateral (select coalesce(${startDate ?? null}::date, l.last - 29) as first, l.last) day
    where o.id = ${ctx.organizationId}`.execute(ctx.tx);
  const { days, ...range } = rows[0]!;
  if (days < 1) throw invalid('endDate', 'must not be before startDate', endDate);
  if (days > MOST_DAYS) throw invalid('startDate', `must be at most ${MOST_DAYS} days before endDate`, startDate);
  return range;
}

/** Successes per trial, null without a trial. */
export const rate = (count: number, of: number): number | null =>
  of === 0 ? null : Math.round((count / of) * 1e6) / 1e6;
