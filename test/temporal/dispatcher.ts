import { createDispatcher, type Dispatcher } from '../../services/core/dispatcher.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import type { TestDatabase } from '../database.ts';
import type { TestWorker } from './worker.ts';

/** What the API does after a commit: sends the database's commands to the processes. */
export const dispatcherOf = (
  database: Pick<TestDatabase, 'platform'>,
  { client }: Pick<TestWorker, 'client'>,
  onError: (error: unknown) => void = (error) => {
    throw error;
  },
): Dispatcher =>
  createDispatcher({
    platformDb: database.platform,
    gateway: createProcessGateway(client, PROCESSES),
    faultPoint: noFaults,
    onError,
  });
