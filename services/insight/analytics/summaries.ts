import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { CREDIT_COLUMNS, creditJoins, isRefund, SUMMARIZED, WHOLE } from './credits.source.ts';

export interface SummaryStep {
  runId: string;
  generation: number;
}

/** Models of a published generation that have no summary yet; none when the generation is not the published one. */
export async function modelsToSummarize(ctx: Ctx, { runId, generation }: SummaryStep): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select model.code
    from attribution_runs run cross join lateral unnest(run.models) as model(code)
    where run.organization_id = ${ctx.organizationId} and run.id = ${runId} and run.published_generation = ${generation}
      and not exists (
        select from attribution_summary_marks mark
        where mark.organization_id = run.organization_id and mark.run_id = run.id and mark.generation = ${generation}
          and mark.model_code = model.code)
    order by model.code`.execute(ctx.tx);
  return rows.map((row) => row.code);
}

/**
 * Adds one model's credits up into quarters of an hour (UTC), once for each dimension and once for the whole, in one
 * statement with its mark; a repetition finds the mark. Within a value of a dimension a conversion lies in one cell,
 * so that its count can be added up over time. Cells of earlier generations go.
 * @param signal aborts the running statement
 */
export async function summarizeModel(
  ctx: Ctx,
  step: SummaryStep & { modelCode: string },
  signal?: AbortSignal,
): Promise<void> {
  const { runId, generation, modelCode } = step;
  const marked = await sql`
    insert into attribution_summary_marks (organization_id, run_id, generation, model_code)
    values (${ctx.organizationId}, ${runId}, ${generation}, ${modelCode})
    on conflict do nothing`.execute(ctx.tx);
  if (marked.numAffectedRows === 0n) return;
  await sql`select set_config('work_mem', '64MB', true)`.execute(ctx.tx);
  const values = SUMMARIZED.map((dimension) => sql`(${dimension}::text, (${CREDIT_COLUMNS[dimension]})::text)`);
  await sql`
    insert into attribution_summaries
      (organization_id, run_id, generation, model_code, dimension, bucket, key, currency, amount_minor, weight, conversions)
    select ${ctx.organizationId}, ${runId}, ${generation}, ${modelCode}, dimension, bucket, key, currency,
           sum(amount_minor), sum(weight), count(*) filter (where not refund)
    from (
      select cell.dimension, date_bin('15 minutes', r.converted_at, '2000-01-01 00:00:00+00') as bucket,
             coalesce(cell.key, '') as key, r.currency, r.conversion_id, ${isRefund} as refund,
             sum(r.amount_minor) as amount_minor, coalesce(sum(r.weight) filter (where not ${isRefund}), 0) as weight
      from attribution_results r
      join attribution_runs run on run.organization_id = r.organization_id and run.id = r.run_id
      ${creditJoins(new Set(SUMMARIZED), sql`run.snapshot`)}
      cross join lateral (values (${WHOLE}::text, ''::text), ${sql.join(values)}) as cell(dimension, key)
      where r.organization_id = ${ctx.organizationId} and r.run_id = ${runId} and r.generation = ${generation}
        and r.model_code = ${modelCode}
      group by cell.dimension, bucket, coalesce(cell.key, ''), r.currency, r.conversion_id, refund
    ) part
    group by dimension, bucket, key, currency`.execute(ctx.tx, { signal, inflightQueryAbortStrategy: 'cancel query' });
  for (const table of ['attribution_summaries', 'attribution_summary_marks'] as const) {
    await ctx.tx
      .deleteFrom(table)
      .where('organization_id', '=', ctx.organizationId)
      .where('run_id', '=', runId)
      .where('generation', '<', generation)
      .where('model_code', '=', modelCode)
      .execute();
  }
}
