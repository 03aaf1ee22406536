import { type AnyDb, run } from '../table.ts';

/** What an undo left, because somebody had changed or used it since. */
export async function up(db: AnyDb): Promise<void> {
  await run(db, 'alter table upload_records add column kept boolean not null default false');
}
