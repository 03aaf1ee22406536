import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/**
 * Lists count their rows in the same statement, up to here: a total that nobody reads to the end must not cost a scan
 * of millions. Beyond it the total stays at this number.
 */
export const COUNTED_ROWS = 100_000;

/** Calendar days in the organization's time zone, both inclusive. */
export interface DayRange {
  startDate?: string | undefined;
  endDate?: string | undefined;
}

/** Conditions on a time column; the zone is read once per statement. */
export function withinDays(ctx: Ctx, column: string, { startDate, endDate }: DayRange): RawBuilder<unknown>[] {
  const dayStart = (day: string, plusDays: number) => sql`
    ((${day}::date + ${plusDays}::integer)::timestamp at time zone
      (select time_zone from organizations where id = ${ctx.organizationId}))`;
  return [
    ...(startDate ? [sql`${sql.ref(column)} >= ${dayStart(startDate, 0)}`] : []),
    ...(endDate ? [sql`${sql.ref(column)} < ${dayStart(endDate, 1)}`] : []),
  ];
}

/** Facts of the whole person: all records that are linked to this one today. */
export const belongsToPerson = (ctx: Ctx, column: string, customerId: string): RawBuilder<unknown> => sql`
  ${sql.ref(column)} = any(array(
    with person as (
      select coalesce(
        (select l.canonical_id from identity_links l
         where l.organization_id = ${ctx.organizationId} and l.customer_id = ${customerId} and l.ended_xid is null),
        ${customerId}::uuid) as id)
    select id from person
    union all
    select l.customer_id from person join identity_links l
      on l.organization_id = ${ctx.organizationId} and l.canonical_id = person.id and l.ended_xid is null))`;

export interface PageStatement {
  /** `from … where …` (ending in conditions) of the rows, the alias being `f`. */
  rows: RawBuilder<unknown>;
  order: RawBuilder<unknown>;
  page: number;
  limit: number;
  /** Columns of a row; sees `f` alone, for the rows of the page only. */
  select: RawBuilder<unknown>;
  /** Joins of the page's rows. */
  joins?: RawBuilder<unknown>;
}

/** One statement for a page and its total, which spares the second look where nothing is left; the total comes also when the page is beyond the last one. */
export async function readFactPage<Row extends object>(
  ctx: Ctx,
  statement: PageStatement,
): Promise<{ rows: Row[]; total: number }> {
  const { rows: from, order, page, limit, select, joins = sql`` } = statement;
  const offset = (page - 1) * limit;
  const { rows } = await sql<Row & { total: number; present: boolean | null }>`
    select counted.total, page.*
    from (select count(*)::integer as total from (select ${from} limit ${COUNTED_ROWS}::integer) c) counted
    left join lateral (
      select true as present, ${select}
      from (select f.* ${from}
              and (counted.total > ${offset}::bigint or counted.total = ${COUNTED_ROWS}::integer)
            order by ${order} limit ${limit}::integer offset ${offset}::bigint) f
      ${joins}
      order by ${order}
    ) page on true`.execute(ctx.tx);
  return {
    rows: rows.flatMap(({ total: _, present, ...row }) => (present ? [row as unknown as Row] : [])),
    total: rows[0]!.total,
  };
}

export const all = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  sql.join(conditions, sql` and `);
