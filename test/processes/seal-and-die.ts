/**
 * A sealer that is killed at a named point.
 * usage: seal-and-die.ts <database url> <fault point>
 */
import { openDatabases } from '../../schema/db.ts';
import { systemClock } from '../../services/core/clock.ts';
import { createFaultPoint } from '../../services/core/fault-points.ts';
import { sealAuditLogs } from '../../services/platform/audit/index.ts';

const [url, point] = process.argv.slice(2) as [string, string];
const databases = openDatabases(
  { ownerUrl: url, appUrl: url, platformUrl: url, assumeRole: true, poolSize: 2 },
  'seal-and-die',
);
await sealAuditLogs({
  appDb: databases.app,
  platformDb: databases.platform,
  clock: systemClock,
  faultPoint: createFaultPoint([{ point, action: 'kill' }], () => process.kill(process.pid, 'SIGKILL')),
});
throw new Error(`The fault point ${point} was not reached.`);
