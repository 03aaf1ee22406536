import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { freePort } from '../../dev/host.ts';
import { createClient } from '../../temporal/connection.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { cpuOf, memoryOf, startProcess, untilReady, watchMemory } from '../lib/processes.ts';
import { NAMESPACE, productEnv } from '../lib/product.ts';
import { alone, compared, median, type Result } from '../lib/results.ts';
import { FLOOR_QUEUE } from '../lib/workflow-bundle.ts';

const ENROLLMENTS = 300;
const STEPS = 8;

/** Processor time of a worker per step, against a skeleton of the same looks and timers; and the events of one history. */
export async function cadenceStep(context: BenchContext): Promise<Result[]> {
  const address = await context.temporalAddress();
  const count = Math.max(20, Math.round(ENROLLMENTS * context.scale));
  const floorWorker = startProcess('bench/floors/workflow-worker.ts', { args: [address, NAMESPACE, String(STEPS)] });
  context.cleanUp(floorWorker.stop);
  const port = await freePort();
  const args = [address, NAMESPACE, String(port), String(STEPS)];
  const worker = startProcess('bench/lib/cadence-worker.ts', { args });
  context.cleanUp(worker.stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  const connection = await Connection.connect({ address });
  context.cleanUp(() => connection.close());
  const bare = new Client({ connection, namespace: NAMESPACE });
  const { client, close } = createClient({ address, namespace: NAMESPACE, identity: 'bench' });
  context.cleanUp(close);
  const times = { floor: [] as number[], product: [] as number[] };
  // The round before the first fills caches.
  for (let round = 0; round <= context.rounds; round++) {
    const floor = await cpuPerStep(bare, { type: 'skeletonSteps', queue: FLOOR_QUEUE, pid: floorWorker.pid, count });
    const product = await cpuPerStep(client, { type: 'cadenceEnrollment', queue: MAIN_QUEUE, pid: worker.pid, count });
    context.report(`cadence step: floor ${floor.toFixed(2)} ms, product ${product.toFixed(2)} ms of processor time`);
    if (round === 0) continue;
    times.floor.push(floor);
    times.product.push(product);
  }
  const measured = { value: median(times.product), floor: median(times.floor) };
  return [
    compared('cadence step, worker CPU', 'ms', measured, { target: 1.3, better: 'lower' }),
    alone('cadence step, history events', 'events', await eventsPerStep(client), 11),
  ];
}

interface Run {
  readonly type: string;
  readonly queue: string;
  readonly pid: number;
  readonly count: number;
}

const inputOf = () => ({ organizationId: ORGANIZATION, enrollmentId: randomUUID() });

async function cpuPerStep({ workflow }: Pick<Client, 'workflow'>, { type, queue, pid, count }: Run): Promise<number> {
  const before = cpuOf(pid);
  await Promise.all(
    Array.from({ length: count }, () =>
      workflow.execute(type, { workflowId: randomUUID(), taskQueue: queue, args: [inputOf()] }),
    ),
  );
  return (cpuOf(pid) - before) / (count * STEPS);
}

async function eventsPerStep({ workflow }: Pick<Client, 'workflow'>): Promise<number> {
  const workflowId = randomUUID();
  await workflow.execute('cadenceEnrollment', { workflowId, taskQueue: MAIN_QUEUE, args: [inputOf()] });
  const { events } = await workflow.getHandle(workflowId).fetchHistory();
  // From one look to the next; beginning and end have events of their own.
  const looks = events!.flatMap((event, index) => (event.activityTaskScheduledEventAttributes ? [index] : []));
  return Math.max(...looks.slice(1).map((at, index) => at - looks[index]!));
}

const RECIPIENTS = 10_000;
const LONGEST_MS = 900_000;

/** A mailing from the request until the last message was taken by the built-in outbox, and the worker's memory meanwhile. */
export async function bulkSend(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  const count = Math.max(100, Math.round(RECIPIENTS * context.scale));
  const [apiPort, workerPort] = [await freePort(), await freePort()];
  const env = productEnv(facts.url, {
    TEMPORAL_ADDRESS: await context.temporalAddress(),
    OUTREACH_ALLOW_UNVERIFIED: 'true',
    RATE_LIMIT_GENERAL_PER_HOUR: '1000000000',
  });
  const url = `http://127.0.0.1:${apiPort}`;
  const api = startProcess('api/main.ts', { env: { ...env, PORT: String(apiPort), WORKER_HEALTH_PORT: '1' } });
  context.cleanUp(api.stop);
  const worker = startProcess('workers/main.ts', { env: { ...env, WORKER_HEALTH_PORT: String(workerPort) } });
  context.cleanUp(worker.stop);
  await Promise.all([untilReady(`${url}/ready`), untilReady(`http://127.0.0.1:${workerPort}/ready`)]);
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'x-api-key': facts.apiKey, 'x-tenant-id': ORGANIZATION, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  await post('/senders', { name: 'Ada', email: 'ada@acme.example', postalAddress: '1 Main Street, Springfield' });
  const idle = memoryOf(worker.pid);
  const memory = watchMemory(worker.pid);
  const recipients = Array.from({ length: count }, (_, index) => ({ email: `p${index}@company.example` }));
  const start = performance.now();
  await post('/emails/bulk', { subject: 'News', html: '<p>Hello, this is the news of July.</p>', recipients });
  for (;;) {
    const [row] = await facts.owner<[{ sent: number }]>`
      select count(*)::integer as sent from sends where state = 'accepted'`;
    if (row.sent === count) break;
    if (performance.now() - start > LONGEST_MS || !worker.isRunning()) throw new Error(`Only ${row.sent} were sent.`);
    await sleep(250);
  }
  const seconds = (performance.now() - start) / 1_000;
  const [twice] = await facts.owner<[{ count: number }]>`
    select count(*)::integer as count from (select send_id from outbox_messages group by 1 having count(*) > 1) t`;
  if (twice.count > 0) throw new Error(`${twice.count} messages were taken twice.`);
  const above = (await memory.stop()) - idle;
  const name = `bulk send ${count.toLocaleString('en-US')}`;
  return [
    { ...alone(name, 'messages/s', count / seconds), better: 'higher' },
    alone(`${name}, worker memory above idle`, 'MB', above, 150),
  ];
}
