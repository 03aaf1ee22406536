import { type AnyDb, run } from '../table.ts';

/** Whoever asks for another sync while one goes on is remembered by name: what follows begins as it was asked for. */
export async function up(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table integration_sync_states drop column wanted_again,
       add column wanted_by text check (wanted_by in ('webhook', 'connect', 'change'))`,
  );
}
