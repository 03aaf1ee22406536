import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { pino } from 'pino';
import { inject } from 'vitest';
import { attemptTimeInterceptor } from '../../activities/core/clock.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { BundleOptions } from '../../temporal/bundle.ts';
import { workflowBundle } from '../../temporal/bundle.ts';
import { createClient } from '../../temporal/connection.ts';
import { installRuntime } from '../../temporal/runtime.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import type { QueueOptions } from '../../temporal/worker.ts';
import { createWorkers } from '../../temporal/worker.ts';
import { TEST_NAMESPACE } from './namespace.ts';
import { PROBE_BUNDLE } from './probe-bundle.ts';

export { PROBE_BUNDLE, TEST_NAMESPACE };
export const quietLogger: Logger = pino({ level: 'silent' });

/** A queue of its own, where one file has several workers. */
export const uniqueQueue = (name: string): string => `${name}-${randomUUID()}`;

export interface TestWorkerOptions {
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
  readonly address?: string;
  readonly namespace?: string;
  /** Takes effect with the first worker of a process. */
  readonly logger?: Logger;
}

export interface TestWorker {
  readonly client: Client;
  readonly taskQueue: string;
  /** Drains and closes what was opened here; rejects when the worker failed. */
  stop(): Promise<void>;
}

/** A real worker against the run's Temporal server. Timeouts are short, so that a lost worker costs a test 1 s. */
export async function startTestWorker(options: TestWorkerOptions): Promise<TestWorker> {
  installRuntime({ logger: options.logger ?? quietLogger, service: 'test' });
  const address = options.address ?? inject('temporalAddress');
  const namespace = options.namespace ?? TEST_NAMESPACE;
  const { codePath } = await workflowBundle(options.bundle);
  const connection = await NativeConnection.connect({ address, grpcCompression: { codec: 'none' } });
  const temporal = createClient({ address, namespace, identity: 'test' });
  if (options.address === undefined) await ensureSearchAttributes(connection, namespace);
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

/** The whole history as the operator's tools show it, payloads and failures included (payload data is base64). */
export async function historyJson(client: Client, workflowId: string): Promise<string> {
  return historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory());
}

/** The history with every payload decoded, for assertions about its content. */
export async function readableHistory(client: Client, workflowId: string): Promise<string> {
  const json = await historyJson(client, workflowId);
  return json.replace(/"data":\s*"([A-Za-z0-9+/=]*)"/g, (_match, data: string) =>
    JSON.stringify({ decoded: Buffer.from(data, 'base64').toString('utf8') }),
  );
}
