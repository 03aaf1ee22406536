import type { ModelCode } from '../../domain/insight/attribution.rules.ts';
import type { RunConfigInput } from '../../domain/insight/run-config.rules.ts';
import {
  computePartition,
  createRun,
  executeRun,
  learnModels,
  planRun,
  publishRun,
} from '../../services/insight/index.ts';
import type { TestDatabase, TestTenant } from '../database.ts';

/** The steps of a run's process, one after the other and without Temporal. Answers the generation. */
export async function executeToEnd(tenant: TestTenant, runId: string): Promise<number> {
  const { generation } = await tenant.run((ctx) => executeRun(ctx, { runId }));
  const step = { runId, generation };
  const partitions = (await tenant.run((ctx) => planRun(ctx, step))) ?? 0;
  if (partitions > 0 && (await tenant.run((ctx) => learnModels(ctx, step))) !== 'learned') return generation;
  for (let ordinal = 0; ordinal < partitions; ordinal++) {
    await tenant.run((ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await tenant.run((ctx) => publishRun(ctx, step));
  return generation;
}

/** Creates a run of these models and executes it. */
export async function runModels(
  tenant: TestTenant,
  models: readonly ModelCode[],
  config: RunConfigInput = {},
): Promise<string> {
  const input = { modelCode: models[0]!, name: 'test', config: { ...config, models: [...models] } };
  const run = await tenant.run((ctx) => createRun(ctx, input));
  await executeToEnd(tenant, run.id);
  return run.id;
}

export interface StoredCredit {
  id: string;
  model_code: ModelCode;
  conversion_id: string;
  interaction_id: string;
  agent_id: string | null;
  weight: string;
  amount_minor: string;
  is_primary_touch: boolean;
}

/** Rows of the published generation in a fixed order. */
export const storedCredits = (database: TestDatabase, runId: string) => database.owner<StoredCredit[]>`
  select r.id, r.model_code, r.conversion_id, r.interaction_id, r.agent_id, r.weight, r.amount_minor, r.is_primary_touch
  from attribution_results r join attribution_runs run on run.id = r.run_id and run.published_generation = r.generation
  where r.run_id = ${runId} order by r.model_code, r.conversion_id, r.interaction_id, r.agent_id`;
