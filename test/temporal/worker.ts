import type { Client } from '@temporalio/client';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { pino } from 'pino';
import { attemptTimeInterceptor } from '../../activities/core/clock.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { BundleOptions } from '../../temporal/bundle.ts';
import { workflowBundle } from '../../temporal/bundle.ts';
import { createClient } from '../../temporal/connection.ts';
import { installRuntime } from '../../temporal/runtime.ts';
import type { QueueOptions } from '../../temporal/worker.ts';
import { createWorkers } from '../../temporal/worker.ts';

export const quietLogger: Logger = pino({ level: 'silent' });

export interface OpenWorkerOptions {
  readonly taskQueue: string;
  readonly activities: object;
  /** Absent: the product's workflows. */
  readonly bundle?: BundleOptions;
  /** Further queues with activities only. */
  readonly queues?: Readonly<Record<string, QueueOptions>>;
  readonly activityInterceptors?: readonly ActivityInterceptorsFactory[];
  readonly readNow?: () => Date | Promise<Date>;
  /** 0 replays every workflow from its start at every task: a determinism test for free. */
  readonly maxCachedWorkflows?: number;
  readonly address: string;
  readonly namespace: string;
  /** Before anything is asked of the namespace. */
  readonly onConnected?: (connection: NativeConnection) => Promise<void>;
  /** Takes effect with the first worker of a process. */
  readonly logger?: Logger;
}

export interface TestWorker {
  readonly client: Client;
  readonly taskQueue: string;
  /** Drains and closes what was opened here; rejects when the worker failed. */
  stop(): Promise<void>;
}

/** A real worker against any Temporal server. Timeouts are short, so that a lost worker costs a test 1 s and a cancellation less. */
export async function openTestWorker(options: OpenWorkerOptions): Promise<TestWorker> {
  installRuntime({ logger: options.logger ?? quietLogger, service: 'test' });
  const { address, namespace } = options;
  const { codePath } = await workflowBundle(options.bundle);
  const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const temporal = createClient({ address, namespace, identity: 'test' });
  await options.onConnected?.(connection);
  const workers = await createWorkers({
    connection,
    namespace,
    identity: 'test',
    bundlePath: codePath,
    queues: { [options.taskQueue]: { activities: options.activities, workflows: true }, ...options.queues },
    activityInterceptors: [
      attemptTimeInterceptor(options.readNow ?? (() => systemClock.now())),
      ...(options.activityInterceptors ?? []),
    ],
    shutdownGraceMs: 2_000,
    shutdownForceMs: 5_000,
    stickyTimeoutMs: 1_000,
    heartbeatThrottleMs: 200,
    ...(options.maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows: options.maxCachedWorkflows }),
  });
  const run = workers.runAll();
  // A failure surfaces at stop(); without this it would end the test process first.
  run.catch(() => {});
  return {
    client: temporal.client,
    taskQueue: options.taskQueue,
    async stop() {
      workers.drain();
      try {
        await run;
      } finally {
        await connection.close();
        await temporal.close();
      }
    },
  };
}
