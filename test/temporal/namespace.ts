import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { addSearchAttributes } from '../../temporal/search-attributes.ts';

/**
 * A namespace of this test file's own on the run's server: worker processes poll the product's queues, and those of
 * two files that run side by side must not take each other's work. It is ready in a tenth of a second.
 */
async function register(address: string): Promise<string> {
  const namespace = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  try {
    const day = { seconds: 86_400 as never };
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: day });
    await untilKnown(() => addSearchAttributes(connection, namespace));
    return namespace;
  } finally {
    await connection.close();
  }
}

/** Every part of the server hears of a new namespace a moment later. */
async function untilKnown(call: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const server: string | undefined = inject('temporalAddress');

/** Tests without a server may load this file for something else that stands beside it. */
export const TEST_NAMESPACE: string = server === undefined ? 'none' : await register(server);
