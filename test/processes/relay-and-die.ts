/**
 * A relay whose one reaction executes an attribution run for each `conversions.ingested`; it is killed after the
 * reaction's commit, before its command is sent. usage: relay-and-die.ts <database url> <run>
 */
import { systemClock } from '../../services/core/clock.ts';
import { positionEvents, reaction, runReactions } from '../../services/core/relay.ts';
import { conversionsIngested } from '../../services/data/events.ts';
import { executeRun } from '../../services/insight/index.ts';
import { dieAt, ownDatabases } from './dying.ts';

const [url, runId] = process.argv.slice(2) as [string, string];
const databases = ownDatabases(url);
const deps = {
  appDb: databases.app,
  platformDb: databases.platform,
  reactions: [
    reaction('test.execute-run', conversionsIngested, async (ctx) => {
      await executeRun(ctx, { runId });
    }),
  ],
  clock: systemClock,
  faultPoint: dieAt('relay.after-reaction'),
  afterCommit: () => {},
  onError: (error: unknown) => {
    throw error;
  },
};
await positionEvents(deps);
await runReactions(deps);
// The second process finds nothing to do.
await databases.close();
