/**
 * A relay whose one reaction executes an attribution run for each `conversions.ingested`; it is killed after the
 * reaction's commit, before its command is sent. usage: relay-and-die.ts <database url> <run>
 */
import { openDatabases } from '../../schema/db.ts';
import { systemClock } from '../../services/core/clock.ts';
import { createFaultPoint } from '../../services/core/fault-points.ts';
import { positionEvents, reaction, runReactions } from '../../services/core/relay.ts';
import { conversionsIngested } from '../../services/data/events.ts';
import { executeRun } from '../../services/insight/index.ts';

const [url, runId] = process.argv.slice(2) as [string, string];
const databases = openDatabases(
  { ownerUrl: url, appUrl: url, platformUrl: url, assumeRole: true, poolSize: 2 },
  'relay-and-die',
);
const deps = {
  appDb: databases.app,
  platformDb: databases.platform,
  reactions: [
    reaction('test.execute-run', conversionsIngested, async (ctx) => {
      await executeRun(ctx, { runId });
    }),
  ],
  clock: systemClock,
  faultPoint: createFaultPoint([{ point: 'relay.after-reaction', action: 'kill' }], () =>
    process.kill(process.pid, 'SIGKILL'),
  ),
  afterCommit: () => {},
  onError: (error: unknown) => {
    throw error;
  },
};
await positionEvents(deps);
await runReactions(deps);
// The second process finds nothing to do.
await databases.close();
