import { sql } from 'kysely';
import type { Db } from '../../schema/db.ts';

/** What relays listen to; polling alone is enough, this only shortens their wait. */
export const RELAY_CHANNEL = 'revloop_relay';

const COALESCE_MS = 20;

/**
 * Tells the relays that something was committed. Called after a commit and coalesced: a NOTIFY inside each
 * transaction makes all commits queue behind one lock.
 */
export function createRelayWakeUp(platformDb: Db, onError: (error: unknown) => void): () => void {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    setTimeout(() => {
      scheduled = false;
      sql`select pg_notify(${RELAY_CHANNEL}, '')`.execute(platformDb).catch(onError);
    }, COALESCE_MS).unref();
  };
}
