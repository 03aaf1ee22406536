import { type AnyDb, APP_ROLE, run } from '../table.ts';

/** A mailing fills these from nothing within seconds: whoever plans it keeps their statistics. */
const FILLED = ['emails', 'sends', 'bulk_email_recipients', 'email_tracking_events'];

export async function up(db: AnyDb): Promise<void> {
  await run(db, `grant maintain on ${FILLED.join(', ')} to ${APP_ROLE}`);
}
