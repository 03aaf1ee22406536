import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { systemClock } from '../../services/core/clock.ts';
import { createClient } from '../../temporal/connection.ts';
import { runWorkerProcess } from '../../workers/run.ts';
import { PROBE_BUNDLE } from './probe-bundle.ts';
import { probeActivities } from './probes.activities.ts';

/** A worker process for tests to kill: `worker-process.ts <address> <namespace> <task queue> <grace in ms> <health port>`. */
const [address, namespace, taskQueue, graceMs, healthPort] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
const logger = pino({ level: 'info' });
const temporal = createClient({ address, namespace, identity: 'test' });
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());

await runWorkerProcess(
  {
    temporal: { address, namespace },
    build: 'test',
    health: { host: '127.0.0.1', port: Number(healthPort) },
    shutdownGraceMs: Number(graceMs),
    bundle: PROBE_BUNDLE,
  },
  {
    logger,
    client: temporal.client,
    clock: systemClock,
    queues: { [taskQueue]: { activities: probeActivities, workflows: true } },
    schedules: [],
    relay: { start: () => logger.info('relay started'), stop: () => wait(1) },
    checks: {},
    close: () => temporal.close(),
  },
  stop.signal,
);
logger.info('process ends');
