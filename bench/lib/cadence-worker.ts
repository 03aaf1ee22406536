import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { stubbedLook } from './stubbed-look.ts';
import { runBenchWorker } from './worker.ts';

/** The product's worker and workflows around looks that do nothing: `cadence-worker.ts <address> <namespace> <port> <steps>`. */
const [address, namespace, healthPort, steps] = process.argv.slice(2) as [string, string, string, string];
const activities = { cadencesAttend: stubbedLook(Number(steps)) };
await runBenchWorker({ address, namespace, healthPort, queues: { [MAIN_QUEUE]: { workflows: true, activities } } });
