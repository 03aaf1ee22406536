import { type AnyDb, run } from '../table.ts';

/** A partition may begin and end inside of a customer's conversions: at one of them, by its time and id. */
export async function up(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table attribution_run_partitions
       add column occurred_from timestamptz, add column conversion_from uuid,
       add column occurred_to timestamptz, add column conversion_to uuid`,
  );
}
