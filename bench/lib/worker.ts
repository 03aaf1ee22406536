import { pino } from 'pino';
import { systemClock } from '../../services/core/clock.ts';
import type { BundleOptions } from '../../temporal/bundle.ts';
import { createClient } from '../../temporal/connection.ts';
import type { QueueOptions } from '../../temporal/worker.ts';
import { runWorkerProcess } from '../../workers/run.ts';

export interface BenchWorker {
  readonly address: string;
  readonly namespace: string;
  readonly healthPort: string;
  readonly queues: Readonly<Record<string, QueueOptions>>;
  /** Absent: the product's workflows. */
  readonly bundle?: BundleOptions;
  readonly close?: () => Promise<void>;
}

/** The product's worker process around work of the benchmark's own, without its relay and schedules, until SIGTERM. */
export async function runBenchWorker({ address, namespace, healthPort, queues, ...more }: BenchWorker): Promise<void> {
  const temporal = createClient({ address, namespace, identity: 'bench-worker' });
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  await runWorkerProcess(
    {
      temporal: { address, namespace },
      build: 'bench',
      health: { host: '127.0.0.1', port: Number(healthPort) },
      shutdownGraceMs: 2_000,
      ...(more.bundle ? { bundle: more.bundle } : {}),
    },
    {
      logger: pino({ level: 'warn' }),
      client: temporal.client,
      clock: systemClock,
      queues,
      schedules: [],
      relay: { start: () => {}, stop: async () => {} },
      checks: {},
      async close() {
        await temporal.close();
        await more.close?.();
      },
    },
    stop.signal,
  );
}
