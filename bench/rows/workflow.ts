import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { freePort } from '../../dev/host.ts';
import type { ProcessGateway } from '../../domain/core/process.port.ts';
import { startProcess as commandProcess } from '../../services/core/commands.ts';
import { createDispatcher } from '../../services/core/dispatcher.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createClient } from '../../temporal/connection.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import { defineProcess } from '../../temporal/processes/process.ts';
import { workflowIdOf } from '../../temporal/processes/workflow-id.ts';
import type { ProcessMap } from '../../workflows/process-map.contract.ts';
import { httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { startProcess, untilReady } from '../lib/processes.ts';
import { commit, NAMESPACE } from '../lib/product.ts';
import { compared, median, type Result } from '../lib/results.ts';
import { FLOOR_QUEUE, PRODUCT_QUEUE, WORKFLOW_TYPE } from '../lib/workflow-bundle.ts';

const WARM_UP = 30;
const MEASURED = 150;
const PROCESS = 'bench';

const benchProcess = defineProcess<{ entityId: string }>({
  name: PROCESS,
  workflowType: WORKFLOW_TYPE,
  taskQueue: PRODUCT_QUEUE,
  entityType: 'bench',
  summary: ({ entityId }) => `Benchmark ${entityId}`,
  priority: 3,
});

/** Row and command in one transaction, dispatched after the commit, an activity that writes; against a bare no-op. */
export async function workflowLatency(context: BenchContext): Promise<Result[]> {
  const temporal = await context.temporalAddress();
  const product = await productSide(temporal, context);
  const floor = await floorSide(temporal, context);
  const times = { product: [] as number[], floor: [] as number[] };
  // In turns, so that both meet the same server.
  for (let number = 0; number < WARM_UP + MEASURED; number++) {
    const measured = { floor: await timed(floor), product: await timed(product) };
    if (number < WARM_UP) continue;
    times.floor.push(measured.floor);
    times.product.push(measured.product);
  }
  const [value, least] = [median(times.product), median(times.floor)];
  context.report(`workflow latency, p50 of ${MEASURED}: floor ${least.toFixed(1)} ms, product ${value.toFixed(1)} ms`);
  return [compared('workflow latency p50', 'ms', { value, floor: least }, { target: 1.5, better: 'lower' })];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function floorSide(address: string, context: BenchContext): Promise<() => Promise<unknown>> {
  const worker = startProcess('bench/floors/workflow-worker.ts', { args: [address, NAMESPACE] });
  context.cleanUp(worker.stop);
  const connection = await Connection.connect({ address });
  context.cleanUp(() => connection.close());
  const client = new Client({ connection, namespace: NAMESPACE });
  return () =>
    client.workflow.execute(WORKFLOW_TYPE, {
      workflowId: randomUUID(),
      taskQueue: FLOOR_QUEUE,
      args: [{ organizationId: ORGANIZATION, entityId: ORGANIZATION }],
    });
}

async function productSide(address: string, context: BenchContext): Promise<() => Promise<unknown>> {
  const { url, databases } = await httpDatabase(context);
  const port = await freePort();
  const worker = startProcess('bench/lib/workflow-worker.ts', { args: [address, NAMESPACE, url, String(port)] });
  context.cleanUp(worker.stop);
  const { client, close } = createClient({ address, namespace: NAMESPACE, identity: 'bench' });
  context.cleanUp(close);
  let started = (): void => {};
  const gateway = announcing(createProcessGateway(client, [benchProcess]), () => started());
  const dispatcher = createDispatcher({
    platformDb: databases.platform,
    gateway,
    faultPoint: noFaults,
    onError: (error) => context.report(`A command was not dispatched: ${String(error)}`),
  });
  await untilReady(`http://127.0.0.1:${port}/ready`);
  return async () => {
    const { value: entityId, commandIds } = await commit(databases, async (ctx) => {
      const { id } = await ctx.tx.insertInto('teams').values({ name: 'new' }).returning('id').executeTakeFirstOrThrow();
      const input = { organizationId: ctx.organizationId, entityId: id };
      await commandProcess(ctx, PROCESS as keyof ProcessMap, { entityId: id }, input as never);
      return id;
    });
    // As the API does it: nobody waits for the dispatcher's bookkeeping, only for the start itself.
    const start = new Promise<void>((resolve) => {
      started = resolve;
    });
    void dispatcher.dispatch(commandIds);
    await start;
    const id = workflowIdOf({ process: PROCESS, organizationId: ORGANIZATION, entityId });
    return client.workflow.getHandle(id).result();
  };
}

type Dispatching = Pick<ProcessGateway, 'dispatch'>;

const announcing = (gateway: Dispatching, started: () => void): Dispatching => ({
  async dispatch(command) {
    const outcome = await gateway.dispatch(command);
    started();
    return outcome;
  },
});
