import { type AnyDb, APP_ROLE, run } from '../table.ts';

/** What housekeeping clears away of the built-in outbox. */
export async function up(db: AnyDb): Promise<void> {
  await run(db, `grant delete on outbox_messages to ${APP_ROLE}`);
}
