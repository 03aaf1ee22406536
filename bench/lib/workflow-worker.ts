import { openDatabases } from '../../schema/db.ts';
import { systemClock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import type { OneActivityInput } from '../workflows/one-activity.workflow.ts';
import { runBenchWorker } from './worker.ts';
import { BENCH_BUNDLE, PRODUCT_QUEUE } from './workflow-bundle.ts';

/** The product's worker around one activity that writes: `workflow-worker.ts <address> <namespace> <url> <port>`. */
const [address, namespace, url, healthPort] = process.argv.slice(2) as [string, string, string, string];
const databases = openDatabases(
  { ownerUrl: url, appUrl: url, platformUrl: url, assumeRole: true, poolSize: 4 },
  'revloop-bench-worker',
);

const oneActivity = ({ organizationId, entityId }: OneActivityInput): Promise<string> =>
  inTransaction(
    databases.app,
    { organizationId, principal: SYSTEM_PRINCIPAL, now: systemClock.now() },
    async ({ tx }) => {
      await tx.updateTable('teams').set({ name: 'done' }).where('id', '=', entityId).execute();
      return 'done';
    },
  );

await runBenchWorker({
  address,
  namespace,
  healthPort,
  bundle: BENCH_BUNDLE,
  queues: { [PRODUCT_QUEUE]: { workflows: true, activities: { oneActivity } } },
  close: () => databases.close(),
});
