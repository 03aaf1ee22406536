import { invalid, invalidAll } from '../../../domain/core/errors.ts';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import { type RunConfigInput, resolveRunConfig } from '../../../domain/insight/run-config.rules.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { missingReferences } from '../../data/index.ts';
import { withTeamIds } from '../../platform/roles/index.ts';
import { presetOf } from '../use-cases/use-cases.ts';
import { findRun, type RunView } from './run-view.ts';

export interface CreateRunInput {
  /** Needed unless the use case names one. */
  modelCode?: ModelCode | undefined;
  name: string;
  config: RunConfigInput;
  /** Fills in what the configuration does not say. */
  useCaseId?: string | undefined;
}

/** Creates a run in status pending; nothing is computed before it is executed. @throws AppError validation. */
export const createRun = verb(
  { permission: 'attribution.create' },
  async (ctx, input: CreateRunInput): Promise<RunView> => {
    const given = await withTeamIds(ctx, input.config, 'config.');
    const preset = await presetOf(ctx, input.useCaseId);
    const modelCode = input.modelCode ?? preset.modelCode;
    if (!modelCode) throw invalid('modelCode', 'is missing: neither the request nor its use case names one');
    const config = resolveRunConfig(modelCode, {
      ...given,
      includeChannels: given.includeChannels ?? preset.channels,
      eventTypes: given.eventTypes ?? preset.eventTypes,
      teamId: given.teamId ?? preset.teamId,
      vendorId: given.vendorId ?? preset.vendorId,
    });
    const issues = await missingReferences(ctx, config, 'config.');
    if (issues.length > 0) throw invalidAll(issues);
    const { id } = await ctx.tx
      .insertInto('attribution_runs')
      .values({
        name: input.name,
        model_code: modelCode,
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
