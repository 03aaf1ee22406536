import { type AnyDb, run } from '../table.ts';

/** What operators look at: the trace that a command belongs to, and indexes for what waits or was parked. */
export async function up(db: AnyDb): Promise<void> {
  await run(db, 'alter table process_commands add column trace_parent text');
  await run(db, `create index on process_commands (id) where status = 'parked'`);
  await run(db, `create index on reaction_runs (event_id) where status = 'parked'`);
  await run(db, 'create index on sends (settled_at) where settled_at is not null');
  await run(db, 'create index on webhook_inbox (received_at) where processed_at is null');
}
