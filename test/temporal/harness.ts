import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { inject } from 'vitest';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { TEST_NAMESPACE } from './namespace.ts';
import { PROBE_BUNDLE } from './probe-bundle.ts';
import { type OpenWorkerOptions, openTestWorker, quietLogger, type TestWorker } from './worker.ts';

export { PROBE_BUNDLE, quietLogger, TEST_NAMESPACE, type TestWorker };

/** A queue of its own, where one file has several workers. */
export const uniqueQueue = (name: string): string => `${name}-${randomUUID()}`;

export interface TestWorkerOptions extends Omit<OpenWorkerOptions, 'address' | 'namespace' | 'onConnected'> {
  /** Absent: the run's server. */
  readonly address?: string;
  readonly namespace?: string;
}

/** A real worker, against the run's Temporal server unless another one is named. */
export async function startTestWorker(options: TestWorkerOptions): Promise<TestWorker> {
  const address = options.address ?? inject('temporalAddress');
  const namespace = options.namespace ?? TEST_NAMESPACE;
  const isShared = options.address === undefined;
  const onConnected: OpenWorkerOptions['onConnected'] = async (connection) => {
    if (isShared) await ensureSearchAttributes(connection, namespace);
  };
  return openTestWorker({ ...options, address, namespace, onConnected });
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
