import { type AnyDb, APP_ROLE, run } from '../table.ts';

/** Imports and loads fill these as well: scores are computed from them while they grow. */
export async function up(db: AnyDb): Promise<void> {
  await run(db, `grant maintain on intent_signals, intent_score_history, website_visitors to ${APP_ROLE}`);
}
