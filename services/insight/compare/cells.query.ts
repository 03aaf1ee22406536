import { type RawBuilder, sql } from 'kysely';
import type { Dimension } from '../../../domain/insight/comparison.rules.ts';
import {
  DIMENSIONS as METRIC_DIMENSIONS,
  type Dimension as MetricDimension,
} from '../../../domain/insight/metrics.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { CREDIT_COLUMNS } from '../analytics/credits.source.ts';
import { ENTITIES } from '../analytics/entities.ts';
import { sourceJoin } from '../analytics/source.ts';

/** The credits of one run and model under one value of the dimension. Currencies are never added. */
export interface Cell {
  runId: string;
  modelCode: string;
  /** Id, name or day; null where a touch has none. */
  key: string | null;
  label: string | null;
  currency: string;
  /** Sum of weights in units of 1e-12, exact: how many conversions. */
  weight: string;
  amountMinor: number;
}

export interface CellsInput {
  runIds: readonly string[];
  /** Absent: all of each run. */
  models?: readonly string[] | undefined;
  dimension: Dimension;
}

interface DimensionSql {
  key: RawBuilder<unknown>;
  joins?: (ctx: Ctx) => RawBuilder<unknown>;
  /** Of the grouped cells, so that a name is looked up once per value. */
  label?: (ctx: Ctx) => RawBuilder<unknown>;
}

/** As it stands on a row of results; the intent and the calendar are read their own way. */
const ofCredit = (dimension: MetricDimension): DimensionSql => {
  const entity = ENTITIES[dimension];
  return {
    key: sql`(${CREDIT_COLUMNS[dimension]})::text`,
    joins: () => sourceJoin(new Set([dimension]), 'r'),
    ...(entity && {
      label: (
        ctx,
      ) => sql`(select ${entity.fallback ? sql`coalesce(${entity.name}, ${entity.fallback})` : entity.name} from ${entity.from}
        where e.organization_id = ${ctx.organizationId} and e.id = cell.key::uuid)`,
    }),
  };
};

/** The organization's calendar; a week begins on its first day of the week. */
const calendar = (ctx: Ctx) => sql`
  cross join (select time_zone, (week_start - 1) * interval '1 day' as shift
              from organizations where id = ${ctx.organizationId}) o`;
const period = (unit: 'day' | 'month'): DimensionSql => ({
  key: sql`to_char(date_trunc(${sql.lit(unit)}, r.converted_at at time zone o.time_zone), 'YYYY-MM-DD')`,
  joins: calendar,
});

const DIMENSION_SQL: Readonly<Record<Dimension, DimensionSql>> = {
  ...(Object.fromEntries(METRIC_DIMENSIONS.map((dimension) => [dimension, ofCredit(dimension)])) as Record<
    MetricDimension,
    DimensionSql
  >),
  // The intent in the version that the run saw: a later correction must not move an old credit.
  intent: {
    key: sql`case when old.id is null then i.primary_intent else old.primary_intent end`,
    joins: (ctx) => sql`
      cross join lateral (
        select coalesce((run.inputs #>> '{view,versions}')::pg_snapshot, run.snapshot) as versions,
               coalesce((run.inputs #>> '{view,existing}')::pg_snapshot, run.snapshot) as existing) seen
      left join interactions i on i.organization_id = ${ctx.organizationId} and i.id = r.interaction_id
      left join interactions_history old on old.organization_id = ${ctx.organizationId} and old.id = r.interaction_id
        and (${currentIn('versions')} or (${currentIn('existing')} and not exists (
          select from interactions_history first
          where first.organization_id = old.organization_id and first.id = old.id
            and pg_visible_in_snapshot(first.created_xid, seen.versions))))`,
  },
  day: period('day'),
  month: period('month'),
  week: {
    key: sql`to_char(date_trunc('week', (r.converted_at at time zone o.time_zone) - o.shift) + o.shift, 'YYYY-MM-DD')`,
    joins: calendar,
  },
};

/** History rows that were current for the run of the row, whose snapshots are columns here. */
function currentIn(view: 'versions' | 'existing'): RawBuilder<boolean> {
  const snapshot = sql.ref(`seen.${view}`);
  return sql<boolean>`(pg_visible_in_snapshot(old.created_xid, ${snapshot})
    and not coalesce(pg_visible_in_snapshot(old.ended_xid, ${snapshot}), false))`;
}

/** Sums of the published generations of these runs; one statement. */
export async function readCells(ctx: Ctx, { runIds, models, dimension }: CellsInput): Promise<Cell[]> {
  const { key, joins, label } = DIMENSION_SQL[dimension];
  const { rows } = await sql<Cell>`
    select cell.run_id as "runId", cell.model_code as "modelCode", cell.key, cell.currency,
           ${label ? label(ctx) : sql`cell.key`} as label,
           cell.weight::text as weight, cell.amount_minor as "amountMinor"
    from (
      select r.run_id, r.model_code, ${key} as key, r.currency, sum(r.weight) as weight,
             sum(r.amount_minor)::bigint as amount_minor
      from attribution_runs run
      join attribution_results r on r.organization_id = ${ctx.organizationId} and r.run_id = run.id
        and r.generation = run.published_generation
      ${joins ? joins(ctx) : sql``}
      where run.organization_id = ${ctx.organizationId} and run.id = any(${sql.val([...new Set(runIds)])}::uuid[])
        ${models ? sql`and r.model_code = any(${sql.val([...models])}::text[])` : sql``}
      group by 1, 2, 3, 4
    ) cell
    order by cell.key, cell.currency, cell.model_code, cell.run_id`.execute(ctx.tx);
  return rows;
}
