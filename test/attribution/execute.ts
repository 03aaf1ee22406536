import { computePartition, executeRun, planRun, publishRun, purgeGenerations } from '../../services/insight/index.ts';
import type { TestTenant } from '../database.ts';

/** Executes a run and takes the steps of its process one after the other; answers the generation. */
export async function executeToEnd(tenant: TestTenant, runId: string): Promise<number> {
  const { generation } = await tenant.run((ctx) => executeRun(ctx, { runId }));
  const step = { runId, generation };
  const partitions = (await tenant.run((ctx) => planRun(ctx, step))) ?? 0;
  for (let ordinal = 0; ordinal < partitions; ordinal++) {
    await tenant.run((ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await tenant.run((ctx) => publishRun(ctx, step));
  while (await tenant.run((ctx) => purgeGenerations(ctx, runId)));
  return generation;
}
