/**
 * A process that commits a unit of work and is killed at a named point before or during the dispatch of its commands.
 * usage: commit-and-die.ts <database url> <organization> <run> <fault point>
 */
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { createDispatcher } from '../../services/core/dispatcher.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { executeRun } from '../../services/insight/index.ts';
import { dieAt, ownDatabases } from './dying.ts';

const [url, organizationId, runId, point] = process.argv.slice(2) as [string, string, string, string];
const databases = ownDatabases(url);
const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: new Date('2026-06-30T12:00:00Z') };
const commandIds = await inTransaction(databases.app, scope, async (ctx) => {
  await executeRun(ctx, { runId });
  return ctx.commandIds;
});
const dispatcher = createDispatcher({
  platformDb: databases.platform,
  // The engine takes the command; what is lost with the process is the note that it did.
  gateway: { dispatch: async () => 'done' },
  faultPoint: dieAt(point),
  onError: () => {},
});
await dispatcher.dispatch(commandIds);
throw new Error(`The fault point ${point} was not reached.`);
