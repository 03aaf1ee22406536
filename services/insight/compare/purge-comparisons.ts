import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** So long the states of a comparison are kept. Asked for again afterwards, they are computed again to the same rows. */
export const COMPARISON_DAYS = 30;
const BATCH = 50_000;

/** Takes away a part of an old comparison, and it with the last one. Answers whether there may be more to do. */
export async function purgeComparisons(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ id: string; states: string[] }>`
    select c.id, array(select s.id from attribution_runs s
                       where s.organization_id = c.organization_id and s.comparison_id = c.id) as states
    from attribution_comparisons c
    where c.organization_id = ${ctx.organizationId}
      and c.created_at < ${ctx.now}::timestamptz - make_interval(days => ${COMPARISON_DAYS}::integer)
      and not exists (
        select from attribution_runs s where s.organization_id = c.organization_id and s.comparison_id = c.id
          and s.status in ('pending', 'running'))
    order by c.created_at limit 1
    for update of c skip locked`.execute(ctx.tx);
  const old = rows[0];
  if (!old) return false;
  for (const table of ['attribution_credits', 'attribution_unattributed'] as const) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} r
      where r.organization_id = ${ctx.organizationId} and r.ctid = any(array(
        select d.ctid from ${sql.table(table)} d
        where d.organization_id = ${ctx.organizationId} and d.run_id = any(${sql.val(old.states)}::uuid[])
        limit ${BATCH}))`.execute(ctx.tx);
    if (numAffectedRows === BigInt(BATCH)) return true;
  }
  await ctx.tx.deleteFrom('attribution_runs').where('comparison_id', '=', old.id).execute();
  await ctx.tx.deleteFrom('attribution_comparisons').where('id', '=', old.id).execute();
  return true;
}
