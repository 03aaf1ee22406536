import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { type RunConfigInput, resolveRunConfig } from './run-config.ts';
import { findRun, type RunView } from './run-view.ts';

export interface CreateRunInput {
  modelCode: ModelCode;
  name: string;
  config: RunConfigInput;
}

/** Creates a run in status pending; nothing is computed before it is executed. @throws AppError validation. */
export const createRun = verb(
  { permission: 'attribution.create' },
  async (ctx, input: CreateRunInput): Promise<RunView> => {
    const config = resolveRunConfig(input.modelCode, input.config);
    const { id } = await ctx.tx
      .insertInto('attribution_runs')
      .values({
        name: input.name,
        model_code: input.modelCode,
        models: config.models,
        config: JSON.stringify(config),
        created_by: ctx.principal.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'attribution_run.create', { entityType: 'attribution_run', entityId: id, after: { ...input } });
    return findRun(ctx, id);
  },
);
