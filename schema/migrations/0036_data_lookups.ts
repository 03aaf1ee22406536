import { type AnyDb, run } from '../table.ts';

/**
 * Addresses and domains as they are compared. An index over `lower(email)` is never used under row-level security: `lower`
 * may tell of rows that a policy hides, so Postgres looks at every row of the table first. A stored column has no such call.
 */
export async function up(db: AnyDb): Promise<void> {
  for (const [table, column] of [
    ['prospects', 'email'],
    ['accounts', 'domain'],
  ] as const) {
    await run(db, `alter table ${table} add column ${column}_lower text generated always as (lower(${column})) stored`);
    await run(db, `drop index ${table}_${column}_key`);
    await run(
      db,
      `create unique index ${table}_${column}_key on ${table} (organization_id, ${column}_lower)
         where deleted_at is null and ${column}_lower is not null`,
    );
  }
}
