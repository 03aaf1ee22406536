/**
 * A sealer that is killed at a named point.
 * usage: seal-and-die.ts <database url> <fault point>
 */
import { systemClock } from '../../services/core/clock.ts';
import { sealAuditLogs } from '../../services/platform/audit/index.ts';
import { dieAt, ownDatabases } from './dying.ts';

const [url, point] = process.argv.slice(2) as [string, string];
const databases = ownDatabases(url);
await sealAuditLogs({
  appDb: databases.app,
  platformDb: databases.platform,
  clock: systemClock,
  faultPoint: dieAt(point),
});
throw new Error(`The fault point ${point} was not reached.`);
