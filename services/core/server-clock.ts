import { sql } from 'kysely';
import type { Db } from '../../schema/db.ts';
import type { Clock } from './clock.ts';

export interface ServerClock extends Clock {
  /** Compares this machine's clock with the database's. Call it before the first use, and now and then. */
  measure(): Promise<void>;
}

/** Less is the way to the database and back, and no clock that is wrong. */
const TOLERANCE_MS = 2_000;

/**
 * The database's time: workers on machines whose clocks differ agree on what is due, and one whose clock runs ahead sends
 * nothing early. Between two measurements this machine's clock goes on.
 */
export function createServerClock(db: Db, machine: Clock): ServerClock {
  let ahead = 0;
  return {
    now: () => new Date(machine.now().getTime() - ahead),
    async measure() {
      const begun = performance.now();
      const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db);
      const onTheWay = (performance.now() - begun) / 2;
      const difference = machine.now().getTime() - onTheWay - rows[0]!.at.getTime();
      ahead = Math.abs(difference) < TOLERANCE_MS ? 0 : difference;
    },
  };
}
