import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { attributionCompleted, attributionFailed } from '../events.ts';
import { insertCredits } from './credits.query.ts';
import { removalEffectsOf, summariesOf } from './model-details.ts';
import { lockRun, runningRun } from './run-view.ts';

/** The steps of a run's process. Each is one transaction and may be repeated: it finds its own work done. */
export interface RunStep {
  runId: string;
  generation: number;
}

/**
 * Computes one partition: all of its rows and its mark of completion in one transaction. Answers false when the
 * generation is no longer running. @param signal aborts the running statement.
 */
export async function computePartition(
  ctx: Ctx,
  step: RunStep & { ordinal: number },
  signal?: AbortSignal,
): Promise<boolean> {
  const run = await readRunning(ctx, step);
  if (!run) return false;
  const partition = await ctx.tx
    .selectFrom('attribution_run_partitions')
    .select([
      ...(['completed_at', 'customer_from', 'conversion_from', 'customer_to', 'conversion_to'] as const),
      sql<string | null>`occurred_from::text`.as('occurred_from'),
      sql<string | null>`occurred_to::text`.as('occurred_to'),
    ])
    .where('run_id', '=', step.runId)
    .where('generation', '=', step.generation)
    .where('ordinal', '=', step.ordinal)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (partition.completed_at) return true;
  await sql`select set_config('work_mem', '64MB', true)`.execute(ctx.tx);
  const learned = { ...run, hasRefunds: await hasRefunds(ctx), removalEffects: await removalEffectsOf(ctx, step) };
  const counts = await insertCredits(
    ctx.tx,
    learned,
    {
      from: boundary(partition.customer_from, partition.occurred_from, partition.conversion_from),
      to: boundary(partition.customer_to, partition.occurred_to, partition.conversion_to),
    },
    signal,
  );
  await ctx.tx
    .updateTable('attribution_run_partitions')
    .set({
      attributed: counts.attributed,
      ai_fallbacks: counts.aiFallbacks,
      refunds: counts.refunds,
      completed_at: ctx.now,
    })
    .where('run_id', '=', step.runId)
    .where('generation', '=', step.generation)
    .where('ordinal', '=', step.ordinal)
    .execute();
  return true;
}

const boundary = (customerId: string | null, occurredAt: string | null, id: string | null) =>
  customerId === null ? null : { customerId, occurredAt, id };

export async function hasRefunds(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from conversions where organization_id = ${ctx.organizationId} and refund_of is not null)
        or exists (select from conversions_history where organization_id = ${ctx.organizationId}
                   and refund_of is not null) as found`.execute(ctx.tx);
  return rows[0]!.found;
}

/** Without a lock: the partitions of one run are computed side by side. */
export async function readRunning(ctx: Ctx, step: RunStep) {
  const row = await ctx.tx.selectFrom('attribution_runs').selectAll().where('id', '=', step.runId).executeTakeFirst();
  return row ? runningRun(row, step.generation) : null;
}

export interface PublishedCounts {
  conversions: number;
  attributed: number;
}

/** Makes the generation visible, in one transaction. Answers null when it is no longer running. */
export async function publishRun(ctx: Ctx, step: RunStep): Promise<PublishedCounts | null> {
  const row = await lockRun(ctx, step.runId);
  // Repeated after its own commit: the answer is the same.
  if (row.status === 'completed' && row.published_generation === step.generation) {
    return { conversions: row.conversions_processed ?? 0, attributed: row.conversions_attributed ?? 0 };
  }
  if (!runningRun(row, step.generation)) return null;
  const sums = await ctx.tx
    .selectFrom('attribution_run_partitions')
    .select([
      sql<number>`coalesce(sum(conversions), 0)::integer`.as('conversions'),
      sql<number>`coalesce(sum(attributed), 0)::integer`.as('attributed'),
      sql<number>`coalesce(sum(ai_fallbacks), 0)::integer`.as('aiFallbacks'),
      sql<number>`coalesce(sum(refunds), 0)::integer`.as('refunds'),
      sql<number>`count(*) filter (where completed_at is null)::integer`.as('open'),
    ])
    .where('run_id', '=', step.runId)
    .where('generation', '=', step.generation)
    .executeTakeFirstOrThrow();
  if (sums.open > 0) throw new Error(`${sums.open} partitions of run ${step.runId} are not computed`);
  await ctx.tx
    .updateTable('attribution_runs')
    .set({
      status: 'completed',
      completed_at: ctx.now,
      published_generation: step.generation,
      conversions_processed: sums.conversions,
      conversions_attributed: sums.attributed,
      conversions_unattributed: sums.conversions - sums.attributed,
      model_details: JSON.stringify({
        ...(row.models.includes('AI_WEIGHTED') ? { aiWeighted: { linearFallbackConversions: sums.aiFallbacks } } : {}),
        ...(sums.refunds > 0 ? { refunds: sums.refunds } : {}),
        ...(await summariesOf(ctx, step)),
      }),
    })
    .where('id', '=', step.runId)
    .execute();
  // States of a comparison are nobody's run.
  if (row.comparison_id === null) {
    await emit(ctx, attributionCompleted, {
      entityId: step.runId,
      data: { runId: step.runId, generation: step.generation, conversions: sums.conversions },
    });
  }
  return { conversions: sums.conversions, attributed: sums.attributed };
}

/** Ends a generation that could not be computed. A run that was cancelled or published meanwhile is left alone. */
export async function failRun(ctx: Ctx, step: RunStep & { code: string; message: string }): Promise<boolean> {
  if (!runningRun(await lockRun(ctx, step.runId), step.generation)) return false;
  await ctx.tx
    .updateTable('attribution_runs')
    .set({ status: 'failed', failure_code: step.code, failure_message: step.message, completed_at: ctx.now })
    .where('id', '=', step.runId)
    .execute();
  await emit(ctx, attributionFailed, {
    entityId: step.runId,
    data: { runId: step.runId, generation: step.generation, code: step.code },
  });
  return true;
}

const PURGE_BATCH = 50_000;

/** Deletes rows of generations that are neither published nor running. Answers whether there may be more. */
export async function purgeGenerations(ctx: Ctx, runId: string): Promise<boolean> {
  const tables = ['attribution_credits', 'attribution_unattributed', 'attribution_run_models'] as const;
  let more = false;
  for (const table of tables) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} r
      where r.organization_id = ${ctx.organizationId} and r.ctid = any(array(
        select d.ctid from ${sql.table(table)} d
        join attribution_runs run on run.organization_id = d.organization_id and run.id = d.run_id
        where d.organization_id = ${ctx.organizationId} and d.run_id = ${runId}
          and d.generation is distinct from run.published_generation
          and not (run.status = 'running' and d.generation = run.generation)
        limit ${PURGE_BATCH}))`.execute(ctx.tx);
    more ||= (numAffectedRows ?? 0n) === BigInt(PURGE_BATCH);
  }
  return more;
}
