import type { Client } from '@temporalio/client';
import type { Databases } from '../../schema/db.ts';
import { openDatabases } from '../../schema/db.ts';
import { systemClock } from '../../services/core/clock.ts';
import { type Ctx, type Scope, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { createDispatcher, type Dispatcher } from '../../services/core/dispatcher.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { createClient } from '../../temporal/connection.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import type { ProcessDefinition } from '../../temporal/processes/process.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from './context.ts';

export const NAMESPACE = 'revloop';

/** What every process of the product gets; nothing of this shell's own configuration leaks in. */
export const productEnv = (databaseUrl: string, more: Record<string, string> = {}): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  TEMPORAL_NAMESPACE: NAMESPACE,
  LOG_FILE: 'none',
  ...more,
});

export function openProduct(databaseUrl: string, context: BenchContext): Databases {
  const databases = openDatabases(
    { ownerUrl: databaseUrl, appUrl: databaseUrl, platformUrl: databaseUrl, assumeRole: true, poolSize: 4 },
    'revloop-bench',
  );
  context.cleanUp(() => databases.close());
  return databases;
}

/** One unit of work for the benchmark's organization, as the product itself. */
export async function commit<T>(
  databases: Databases,
  work: (ctx: Ctx) => Promise<T>,
): Promise<{ value: T; commandIds: readonly string[] }> {
  const scope: Scope = { organizationId: ORGANIZATION, principal: SYSTEM_PRINCIPAL, now: systemClock.now() };
  return inTransaction(databases.app, scope, async (ctx) => ({ value: await work(ctx), commandIds: ctx.commandIds }));
}

export function openGateway(
  address: string,
  databases: Databases,
  processes: readonly ProcessDefinition[],
  context: BenchContext,
): { client: Client; dispatcher: Dispatcher } {
  const { client, close } = createClient({ address, namespace: NAMESPACE, identity: 'bench' });
  context.cleanUp(close);
  const dispatcher = createDispatcher({
    platformDb: databases.platform,
    gateway: createProcessGateway(client, processes),
    faultPoint: noFaults,
    onError: (error) => context.report(`A command was not dispatched: ${String(error)}`),
  });
  return { client, dispatcher };
}
