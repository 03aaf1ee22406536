import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { workflowBundle } from '../../temporal/bundle.ts';
import { stubbedLook } from '../lib/stubbed-look.ts';
import { BENCH_BUNDLE, FLOOR_QUEUE } from '../lib/workflow-bundle.ts';

/**
 * The least a worker does: the SDK with its defaults and an activity that returns at once. No database, no
 * interceptors, no converter, no health. `workflow-worker.ts <address> <namespace> [steps of a skeleton]`
 */
const [address, namespace, steps = '0'] = process.argv.slice(2) as [string, string, string?];
Runtime.install({ logger: new DefaultLogger('WARN') });
const { codePath } = await workflowBundle(BENCH_BUNDLE);
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  namespace,
  taskQueue: FLOOR_QUEUE,
  workflowBundle: { codePath },
  activities: { oneActivity: async () => 'done', cadencesAttend: stubbedLook(Number(steps)) },
});
process.on('SIGTERM', () => worker.shutdown());
await worker.run();
process.exit(0);
