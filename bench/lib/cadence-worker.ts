import { pino } from 'pino';
import { systemClock } from '../../services/core/clock.ts';
import { createClient } from '../../temporal/connection.ts';
import { runWorkerProcess } from '../../workers/run.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { stubbedLook } from './stubbed-look.ts';

/** The product's worker and workflows around looks that do nothing: `cadence-worker.ts <address> <namespace> <port> <steps>`. */
const [address, namespace, port, steps] = process.argv.slice(2) as [string, string, string, string];
const temporal = createClient({ address, namespace, identity: 'bench-worker' });
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());

await runWorkerProcess(
  {
    temporal: { address, namespace },
    build: 'bench',
    health: { host: '127.0.0.1', port: Number(port) },
    shutdownGraceMs: 2_000,
  },
  {
    logger: pino({ level: 'warn' }),
    client: temporal.client,
    clock: systemClock,
    queues: { [MAIN_QUEUE]: { workflows: true, activities: { cadencesAttend: stubbedLook(Number(steps)) } } },
    schedules: [],
    relay: { start: () => {}, stop: async () => {} },
    checks: {},
    close: () => temporal.close(),
  },
  stop.signal,
);
