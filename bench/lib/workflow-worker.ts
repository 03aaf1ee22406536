import { pino } from 'pino';
import { openDatabases } from '../../schema/db.ts';
import { systemClock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { createClient } from '../../temporal/connection.ts';
import { runWorkerProcess } from '../../workers/run.ts';
import type { OneActivityInput } from '../workflows/one-activity.workflow.ts';
import { BENCH_BUNDLE, PRODUCT_QUEUE } from './workflow-bundle.ts';

/** The product's worker around one activity that writes: `workflow-worker.ts <address> <namespace> <url> <port>`. */
const [address, namespace, url, port] = process.argv.slice(2) as [string, string, string, string];
const databases = openDatabases(
  { ownerUrl: url, appUrl: url, platformUrl: url, assumeRole: true, poolSize: 4 },
  'revloop-bench-worker',
);
const temporal = createClient({ address, namespace, identity: 'bench-worker' });
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());

const oneActivity = ({ organizationId, entityId }: OneActivityInput): Promise<string> =>
  inTransaction(
    databases.app,
    { organizationId, principal: SYSTEM_PRINCIPAL, now: systemClock.now() },
    async ({ tx }) => {
      await tx.updateTable('teams').set({ name: 'done' }).where('id', '=', entityId).execute();
      return 'done';
    },
  );

await runWorkerProcess(
  {
    temporal: { address, namespace },
    build: 'bench',
    health: { host: '127.0.0.1', port: Number(port) },
    shutdownGraceMs: 2_000,
    bundle: BENCH_BUNDLE,
  },
  {
    logger: pino({ level: 'warn' }),
    client: temporal.client,
    clock: systemClock,
    queues: { [PRODUCT_QUEUE]: { workflows: true, activities: { oneActivity } } },
    schedules: [],
    relay: { start: () => {}, stop: async () => {} },
    checks: {},
    async close() {
      await temporal.close();
      await databases.close();
    },
  },
  stop.signal,
);
