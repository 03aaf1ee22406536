import { type RawBuilder, sql } from 'kysely';
import type { Dimension } from '../../../domain/insight/metrics.rules.ts';
import type { Granularity } from '../../../domain/insight/period.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { ENTITIES } from './entities.ts';
import { type Asked, type Head, headCtes, type Rate } from './head.query.ts';
import type { CellQuery, Filters, MetricSource } from './source.ts';

export interface Statement extends Asked {
  readonly dimensions: readonly Dimension[];
  readonly granularity: Granularity | null;
  readonly filters: Filters;
  readonly sources: readonly MetricSource[];
  /** The measures of them that somebody asked for; the others are left out and cost nothing. */
  readonly measures: ReadonlySet<string>;
}

/** Measures of one source for one value (or the whole) of one period in one currency. */
export interface Cell {
  readonly source: string;
  /** 0: the asked period, 1: the one before. */
  readonly which: 0 | 1;
  readonly total: boolean;
  readonly k0: string | null;
  readonly k1: string | null;
  /** First day of the bucket. */
  readonly bucket: string | null;
  readonly currency: string | null;
  /** In the order of the source's measures; amounts in minor units of `currency`. */
  readonly values: readonly (number | null)[];
  /** Amounts in the currency of the answer, not yet rounded; null where a rate is missing. */
  readonly converted: readonly (number | null)[];
}

export type Labels = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

export interface Answer {
  readonly head: Head;
  /** Rates into the currency of the answer that were in force on a day of the periods. */
  readonly rates: readonly Rate[];
  readonly cells: readonly Cell[];
  readonly labels: Partial<Readonly<Record<Dimension, Labels>>>;
}

/** A filter that none of the metrics knows leaves no source to ask. */
const NO_CELLS = sql`
  select null::text as source, null::integer as which, null::boolean as total, null::text as k0, null::text as k1,
         null::date as bucket, null::text as currency, '{}'::numeric[] as values, '{}'::numeric[] as converted
  where false`;

/** Everything an answer needs, in one statement. */
export async function readAnswer(ctx: Ctx, statement: Statement): Promise<Answer> {
  const { dimensions, sources } = statement;
  const parts = sources.flatMap((source) => partsOf(ctx, statement, source));
  const { rows } = await sql<Answer>`
    with ${headCtes(ctx, statement)},
    cells as (${parts.length > 0 ? sql.join(parts, sql` union all `) : NO_CELLS})
    select (select to_jsonb(h) from head h) as head,
           coalesce((select jsonb_agg(to_jsonb(r) order by r.currency, r.from_day) from rates r), '[]') as rates,
           coalesce((select jsonb_agg(to_jsonb(c)) from cells c), '[]') as cells,
           jsonb_build_object(${labelsOf(ctx, dimensions)}) as labels`.execute(ctx.tx);
  return rows[0]!;
}

function partsOf(ctx: Ctx, statement: Statement, source: MetricSource): RawBuilder<unknown>[] {
  const { dimensions, granularity, filters } = statement;
  const whole: CellQuery = { organizationId: ctx.organizationId, dimensions: [], granularity: null, filters };
  if (dimensions.length === 0 && granularity === null) return [folded(statement, source, source.cells(whole), 'whole')];
  const cut = source.cells({ ...whole, dimensions, granularity });
  if (source.addsUp(dimensions)) return [folded(statement, source, cut, 'both')];
  return [folded(statement, source, cut, 'cut'), folded(statement, source, source.cells(whole), 'whole')];
}

/** Cells added up over days of exchange rates, each day's amount with its own rate. Sums stay unrounded. */
function folded(
  statement: Statement,
  source: MetricSource,
  cells: RawBuilder<unknown>,
  grain: 'cut' | 'whole' | 'both',
): RawBuilder<unknown> {
  const measures = source.measures.map((measure, index) =>
    statement.measures.has(measure) ? sql`c.${sql.ref(`m${index}`)}` : null,
  );
  const amounts = source.measures.map((measure, index) =>
    measures[index] && source.money.includes(measure)
      ? sql`case when bool_and(c.rate_day is null or r.factor is not null)
              then round(sum(${measures[index]} * coalesce(r.factor, 1)), 6) end`
      : sql`null::numeric`,
  );
  const convertible = source.money.length > 0;
  const keys = sql`c.which, c.k0, c.k1, c.bucket, c.currency`;
  return sql`
    select ${source.name}::text as source, c.which,
           ${grain === 'both' ? sql`grouping(c.k0) = 1` : grain === 'whole' ? sql`true` : sql`false`} as total,
           c.k0, c.k1, c.bucket, c.currency,
           array[${sql.join(measures.map((measure) => (measure ? sql`sum(${measure})` : sql`null::numeric`)))}]::numeric[] as values,
           array[${sql.join(amounts)}]::numeric[] as converted
    from (${cells}) c
    ${
      convertible
        ? sql`left join rates r on r.currency = c.currency and c.rate_day >= r.from_day
                and (r.to_day is null or c.rate_day < r.to_day)`
        : sql``
    }
    group by ${grain === 'both' ? sql`grouping sets ((${keys}), (c.which, c.currency))` : keys}`;
}

function labelsOf(ctx: Ctx, dimensions: readonly Dimension[]): RawBuilder<unknown> {
  const parts = dimensions.flatMap((dimension, index) => {
    const entity = ENTITIES[dimension];
    if (!entity) return [];
    const fields = Object.entries({ name: entity.name, ...entity.more }).map(
      ([name, value]) => sql`${sql.lit(name)}, ${value}`,
    );
    return sql`${dimension}::text, (
      select jsonb_object_agg(e.id, jsonb_build_object(${sql.join(fields)})) from ${entity.from}
      where e.organization_id = ${ctx.organizationId}
        and e.id = any(array(select distinct ${sql.ref(`k${index}`)}::uuid from cells where not total and ${sql.ref(`k${index}`)} is not null)))`;
  });
  return parts.length > 0 ? sql.join(parts) : sql``;
}
