import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/**
 * Tells the planner how full the tables are. Postgres does so by itself a minute later, and until then plans are those of
 * empty tables: after many rows have come at once, a report would run into its time limit.
 * @param tables default: all that loads and imports fill, which are those that the app role may analyze (migration 0022)
 */
export async function refreshStatistics(ctx: Ctx, tables?: readonly string[]): Promise<void> {
  const names = tables ?? (await tablesToMaintain(ctx));
  await sql`analyze ${sql.join(names.map((table) => sql.table(table)))}`.execute(ctx.tx);
}

async function tablesToMaintain(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and has_table_privilege(oid, 'maintain')
    order by relname`.execute(ctx.tx);
  return rows.map((row) => row.name);
}
