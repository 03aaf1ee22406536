import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { DifferencePart } from '../../../domain/insight/comparison.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';

/** The run that holds the state once this part is applied. */
export interface StoredStep {
  part: DifferencePart;
  changed: boolean;
  runId: string;
}

export interface ComparisonView {
  id: string;
  baseRunId: string;
  runId: string;
  /** Those that both runs have. */
  models: string[];
  status: 'running' | 'completed' | 'failed';
  /** Conversions of the states that have to be computed; total is null until all of them are cut into partitions. */
  progress: { processed: number; total: number | null };
  steps: StoredStep[];
  createdAt: Date;
}

const selectComparisons = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('attribution_comparisons as c')
    .select(['c.id', 'c.base_run_id', 'c.run_id', 'c.models', 'c.steps', 'c.created_at'])
    .select(
      sql<{ running: boolean; failed: boolean; processed: number; total: number | null }>`(
        select jsonb_build_object(
          'running', coalesce(bool_or(s.status in ('pending', 'running')), false),
          'failed', coalesce(bool_or(s.status = 'failed'), false),
          'total', case when bool_or(s.conversions_total is null) then null else coalesce(sum(s.conversions_total), 0) end,
          'processed', coalesce(sum((
            select sum(p.conversions) from attribution_run_partitions p
            where p.organization_id = s.organization_id and p.run_id = s.id and p.generation = s.generation
              and p.completed_at is not null)), 0))
        from attribution_runs s
        where s.organization_id = c.organization_id and s.comparison_id = c.id)`.as('states'),
    );

type Row = Awaited<ReturnType<ReturnType<typeof selectComparisons>['executeTakeFirstOrThrow']>>;

const toView = (row: Row): ComparisonView => ({
  id: row.id,
  baseRunId: row.base_run_id,
  runId: row.run_id,
  models: row.models,
  status: row.states.failed ? 'failed' : row.states.running ? 'running' : 'completed',
  progress: { processed: row.states.processed, total: row.states.total },
  steps: row.steps as unknown as StoredStep[],
  createdAt: row.created_at,
});

/** @throws AppError not_found. */
export async function findComparison(ctx: Ctx, id: string): Promise<ComparisonView> {
  const row = await selectComparisons(ctx).where('c.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('The comparison');
  return toView(row);
}

/** The comparison of exactly these two, in this order; null when nobody has asked for it. */
export async function comparisonOf(ctx: Ctx, baseRunId: string, runId: string): Promise<ComparisonView | null> {
  const row = await selectComparisons(ctx)
    .where('c.base_run_id', '=', baseRunId)
    .where('c.run_id', '=', runId)
    .executeTakeFirst();
  return row ? toView(row) : null;
}

/** @throws AppError not_found. */
export const getComparison = verb(
  { permission: 'attribution.view' },
  (ctx, input: { comparisonId: string }): Promise<ComparisonView> => findComparison(ctx, input.comparisonId),
);
