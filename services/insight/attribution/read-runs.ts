import type { RunStatus } from '../../../domain/insight/attribution.rules.ts';
import { ATTRIBUTION_MODELS, type AttributionModel } from '../../../domain/insight/models.rules.ts';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { findRun, type RunView, selectRuns, toRunView } from './run-view.ts';

/** @throws AppError not_found. */
export const getRun = verb(
  { permission: 'attribution.view' },
  (ctx, input: { runId: string }): Promise<RunView> => findRun(ctx, input.runId),
);

export interface ListRunsInput extends PageInput {
  status?: RunStatus | undefined;
  modelCode?: string | undefined;
}

/** Newest first. */
export const listRuns = verb(
  { permission: 'attribution.view' },
  async (ctx, input: ListRunsInput): Promise<{ items: RunView[]; total: number }> => {
    let query = selectRuns(ctx)
      .select((eb) => eb.fn.countAll<number>().over().as('total'))
      .where('r.comparison_id', 'is', null);
    if (input.status) query = query.where('r.status', '=', input.status);
    if (input.modelCode) query = query.where((eb) => eb(eb.val(input.modelCode), '=', eb.fn.any('r.models')));
    const ordered = query.orderBy('r.created_at', 'desc').orderBy('r.id');
    const { rows, total } = await readPage(input, (limit, offset) => ordered.limit(limit).offset(offset).execute());
    return { items: rows.map(toRunView), total };
  },
);

export const listModels = verb(
  { permission: 'attribution.view' },
  async (): Promise<readonly AttributionModel[]> => ATTRIBUTION_MODELS,
);
