import { type AnyDb, APP_ROLE, run } from '../table.ts';

const FILLED = ['conversations', 'emails', 'ticket_replies', 'ticket_sla_events', 'ticket_sla_periods', 'tickets'];

/** These grow at once as well: tickets that are taken over, mailings. Without statistics each look at one reads all. */
export async function up(db: AnyDb): Promise<void> {
  await run(db, `grant maintain on ${FILLED.join(', ')} to ${APP_ROLE}`);
}
