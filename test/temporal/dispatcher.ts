import { setTimeout } from 'node:timers/promises';
import { isGrpcDeadlineError } from '@temporalio/client';
import { createDispatcher, type Dispatcher } from '../../services/core/dispatcher.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import type { TestDatabase } from '../database.ts';
import type { TestWorker } from './worker.ts';

/**
 * What the API does after a commit: sends the database's commands to the processes. A call that a busy machine lets
 * time out is made again, as the product would; any other error is the test's.
 */
export function dispatcherOf(
  database: Pick<TestDatabase, 'platform'>,
  { client }: Pick<TestWorker, 'client'>,
): Pick<Dispatcher, 'dispatch'> {
  let isOwed = false;
  const dispatcher = createDispatcher({
    platformDb: database.platform,
    gateway: createProcessGateway(client, PROCESSES),
    faultPoint: noFaults,
    onError: (error) => {
      if (!isGrpcDeadlineError(error)) throw error;
      isOwed = true;
    },
  });
  const waiting = database.platform.selectFrom('process_commands').select('id').where('status', '=', 'pending');
  return {
    async dispatch(ids) {
      let sent = await dispatcher.dispatch(ids);
      while (isOwed && (await waiting.executeTakeFirst())) {
        await setTimeout(100);
        sent += await dispatcher.dispatch(ids);
      }
      isOwed = false;
      return sent;
    },
  };
}
