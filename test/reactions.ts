import { systemClock } from '../services/core/clock.ts';
import { noFaults } from '../services/core/fault-points.ts';
import { positionEvents, type Reaction, runReactions } from '../services/core/relay.ts';
import type { TestDatabase } from './database.ts';

/** Runs every reaction that is due, and those that follow from them; the first failure is thrown. @param now default: the time */
export async function runAllReactions(
  database: TestDatabase,
  reactions: readonly Reaction[],
  now?: Date,
): Promise<void> {
  let failure: unknown;
  const relay = {
    appDb: database.app,
    platformDb: database.platform,
    reactions,
    clock: now ? { now: () => now } : systemClock,
    faultPoint: noFaults,
    afterCommit: () => {},
    onError: (error: unknown) => {
      failure ??= error;
    },
  };
  let done = 1;
  while (done > 0 && failure === undefined) done = (await positionEvents(relay)) + (await runReactions(relay));
  if (failure !== undefined) throw failure;
}
