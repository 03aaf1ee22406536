import { afterEach } from 'vitest';
import { createDispatcher, type Dispatcher } from '../../services/core/dispatcher.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import type { TestDatabase } from '../database.ts';
import { startTestWorker, type TestWorker, type TestWorkerOptions } from './harness.ts';

/** Once per file: what it returns opens workers that end with their test. */
export function testWorkers(): (options: TestWorkerOptions) => Promise<TestWorker> {
  const open: TestWorker[] = [];
  afterEach(async () => {
    for (const worker of open.splice(0)) await worker.stop();
  });
  return async (options) => {
    const worker = await startTestWorker(options);
    open.push(worker);
    return worker;
  };
}

/** What the API does after a commit: sends the database's commands to the processes. @throws what a sending throws */
export const dispatcherOf = (
  database: Pick<TestDatabase, 'platform'>,
  { client }: Pick<TestWorker, 'client'>,
): Dispatcher =>
  createDispatcher({
    platformDb: database.platform,
    gateway: createProcessGateway(client, PROCESSES),
    faultPoint: noFaults,
    onError: (error) => {
      throw error;
    },
  });
