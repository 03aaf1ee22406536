import { sql } from 'kysely';
import { partitionCount } from '../../../domain/insight/attribution.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { ALL_CONVERSIONS, conversionsOf, type FrozenRun } from './conversions.query.ts';
import type { RunStep } from './run-steps.ts';
import { lockRun, runningRun } from './run-view.ts';

/** Cuts the run's conversions into partitions. Answers how many, or null when this generation is not running. */
export async function planRun(ctx: Ctx, step: RunStep): Promise<number | null> {
  const run = runningRun(await lockRun(ctx, step.runId), step.generation);
  if (!run) return null;
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from (${conversionsOf(run, ALL_CONVERSIONS)}) c`.execute(ctx.tx);
  const total = rows[0]!.total;
  if (total > 0) await insertPartitions(ctx, run, total);
  await ctx.tx.updateTable('attribution_runs').set({ conversions_total: total }).where('id', '=', run.runId).execute();
  const counted = await ctx.tx
    .selectFrom('attribution_run_partitions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('run_id', '=', run.runId)
    .where('generation', '=', run.generation)
    .executeTakeFirstOrThrow();
  return counted.count;
}

/**
 * A customer's conversions stay together, so partitions differ a little in size; only a customer who has more of them
 * than one partition is cut inside, in the order of time.
 */
async function insertPartitions(ctx: Ctx, run: FrozenRun, total: number): Promise<void> {
  const size = Math.ceil(total / partitionCount(total));
  await sql`
    with customer as materialized (
      select customer_id, count(*) as conversions, sum(count(*)) over (order by customer_id) - count(*) as before
      from (${conversionsOf(run, ALL_CONVERSIONS)}) c group by customer_id
    ),
    boundary as (
      select before, customer_id, null::timestamptz as occurred_at, null::uuid as conversion_id
      from (
        select distinct on (slice) before, customer_id
        from (select *, floor(before / ${size}::integer) as slice from customer) sliced
        order by slice, customer_id
      ) first
      union all
      select before + number, customer_id, occurred_at, conversion_id
      from (
        select customer.before, customer_id, c.occurred_at, c.id as conversion_id,
               row_number() over (partition by customer_id order by c.occurred_at, c.id) - 1 as number
        from customer join (${conversionsOf(run, ALL_CONVERSIONS)}) c using (customer_id)
        where customer.conversions > ${size}::integer
      ) numbered
      where number > 0 and number % ${size}::integer = 0
    )
    insert into attribution_run_partitions
      (organization_id, run_id, generation, ordinal, customer_from, occurred_from, conversion_from,
       customer_to, occurred_to, conversion_to, conversions)
    select ${run.organizationId}, ${run.runId}, ${run.generation}::integer, (row_number() over parts - 1)::integer,
           case when before > 0 then customer_id end, occurred_at, conversion_id,
           lead(customer_id) over parts, lead(occurred_at) over parts, lead(conversion_id) over parts,
           (lead(before, 1, ${total}::numeric) over parts - before)::integer
    from boundary
    window parts as (order by before)
    on conflict do nothing`.execute(ctx.tx);
}
