import { type RawBuilder, sql } from 'kysely';
import {
  SOURCE_DIMENSION_NAMES,
  SOURCE_DIMENSIONS,
  type SourceDimension,
} from '../../../domain/data/touch-source.rules.ts';
import type { Dimension } from '../../../domain/insight/metrics.rules.ts';
import type { Granularity } from '../../../domain/insight/period.rules.ts';

export type Filters = Partial<Readonly<Record<Dimension, readonly string[]>>>;

/** One pass over a source's rows. */
export interface CellQuery {
  readonly organizationId: string;
  /** Cut by these; none for the whole. */
  readonly dimensions: readonly Dimension[];
  readonly granularity: Granularity | null;
  readonly filters: Filters;
}

/**
 * Where measures come from. `cells` is a select with the columns of `keyColumns`, then `currency`, `rate_day` (the day
 * whose exchange rate counts) and one column per measure, `m0`, `m1` …; it may use the statement's CTEs `head` (one row:
 * time zone, run …) and `periods` (`which` 0 is the asked one, 1 the one before).
 */
export interface MetricSource {
  readonly name: string;
  readonly measures: readonly string[];
  /** Measures that are amounts in minor units; they can be converted. */
  readonly money: readonly string[];
  /** Rows belong to one currency, so that measures can be told apart by it. */
  readonly byCurrency: boolean;
  readonly dimensions: readonly Dimension[];
  /** The whole is the sum of its parts; otherwise it is asked for apart. */
  addsUp(dimensions: readonly Dimension[]): boolean;
  cells(query: CellQuery): RawBuilder<unknown>;
}

/** Dimensions that stand in the touch source `ts` of a touch. */
export const SOURCE_COLUMNS: Readonly<
  Record<SourceDimension | 'campaign' | 'content' | 'source', RawBuilder<unknown>>
> = {
  campaign: sql`ts.campaign`,
  content: sql`ts.content_id`,
  source: sql`ts.utm ->> 'source'`,
  ...(Object.fromEntries(
    SOURCE_DIMENSION_NAMES.map((dimension) => [
      dimension,
      sql`ts.outreach ->> ${sql.lit(SOURCE_DIMENSIONS[dimension])}`,
    ]),
  ) as Record<SourceDimension, RawBuilder<unknown>>),
};

/** The touch source of a row, where one of these dimensions needs it. @param row alias with organization and source */
export function sourceJoin(dimensions: ReadonlySet<Dimension>, row: 'i' | 'r'): RawBuilder<unknown> {
  if (![...dimensions].some((dimension) => dimension in SOURCE_COLUMNS)) return sql``;
  const of = sql.raw(row);
  return sql`left join touch_sources ts on ts.organization_id = ${of}.organization_id and ts.id = ${of}.touch_source_id`;
}

/** Dimensions whose values are ids as the database types them; those of touch sources are text. */
const IDS: ReadonlySet<Dimension> = new Set(['agent', 'team', 'vendor']);

/** The value of a dimension is one of these. */
export const isOneOf = (
  dimension: Dimension,
  columns: Partial<Readonly<Record<Dimension, RawBuilder<unknown>>>>,
  values: readonly string[],
): RawBuilder<unknown> => (IDS.has(dimension) ? anyId : anyText)(columns[dimension]!, values);

/** Dimensions that a query touches, by cutting or by filtering. */
export const touchedDimensions = ({ dimensions, filters }: Pick<CellQuery, 'dimensions' | 'filters'>): Set<Dimension> =>
  new Set([...dimensions, ...(Object.keys(filters) as Dimension[])]);

/** `which, k0, k1, bucket`: what a cell is of. */
export function keyColumns(
  { dimensions, granularity }: CellQuery,
  expressions: Partial<Record<Dimension, RawBuilder<unknown>>>,
  localDay: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`p.which as which,
    ${keyOf(dimensions[0], expressions)} as k0, ${keyOf(dimensions[1], expressions)} as k1,
    ${granularity ? bucketOf(localDay, granularity) : sql`null::date`} as bucket`;
}

const keyOf = (dimension: Dimension | undefined, expressions: Partial<Record<Dimension, RawBuilder<unknown>>>) =>
  dimension ? sql`(${expressions[dimension]!})::text` : sql`null::text`;

/** First day of the bucket; weeks begin on the organization's first weekday. */
function bucketOf(day: RawBuilder<unknown>, granularity: Granularity): RawBuilder<unknown> {
  if (granularity === 'day') return day;
  if (granularity === 'month') return sql`date_trunc('month', ${day})::date`;
  return sql`(${day} - ((extract(isodow from ${day})::integer - (select week_start from head) + 7) % 7))`;
}

/** The day of a moment on the calendar of the answer's time zone. */
export const localDay = (moment: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(${moment} at time zone (select time_zone from head))::date`;

/** Rates change at midnight UTC; amounts in the currency of the answer need none, and so are not cut by day. */
export const rateDay = (currency: RawBuilder<unknown>, moment: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`case when ${currency} <> (select currency from head) then (${moment} at time zone 'UTC')::date end`;

export const anyText = (column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<unknown> =>
  sql`${column} = any(${sql.val(values)}::text[])`;
export const anyId = (column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<unknown> =>
  sql`${column} = any(${sql.val(values)}::uuid[])`;

/** ` and a and b`, or nothing. */
export const and = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length > 0 ? sql`and ${sql.join(conditions, sql` and `)}` : sql``;

/**
 * The person a record belongs to today. A sub-select and not a join: before there are statistics a join is planned as
 * a search through all links for every row.
 */
export const personOf = (organizationId: string, customer: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  coalesce((select link.canonical_id from identity_links link
            where link.organization_id = ${organizationId} and link.customer_id = ${customer} and link.ended_xid is null),
           ${customer})`;
