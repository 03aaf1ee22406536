import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import { type ModelParameters, parametersOf, rulesOf, stepsOf } from '../../../domain/insight/explanation.rules.ts';
import { ATTRIBUTION_MODELS } from '../../../domain/insight/models.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type ExplainedJourney, explainJourney } from './explain.query.ts';
import { type CreditView, selectCreditsOf, toCreditView } from './list-results.ts';
import { removalEffectsOf } from './model-details.ts';
import { hasRefunds } from './run-steps.ts';
import { frozenRun } from './run-view.ts';

export interface CreditExplanation extends ExplainedJourney {
  result: CreditView;
  model: { code: ModelCode; formula: string; edgeCases: string[] };
  conversion: { id: string; amountMinor: number; amount: string; currency: string; refundOf: string | null };
  parameters: ModelParameters;
  /** How to come from the inputs to the weight and the amount. */
  steps: string[];
  /** What decided this credit beyond the formula. */
  rules: string[];
}

/**
 * One credit computed again from the run's frozen input, with everything on the way; enough to recompute it by hand.
 * @throws AppError not_found for the run, or for a result that its published generation does not hold.
 */
export const explainCredit = verb(
  { permission: 'attribution.view' },
  async (ctx, { runId, resultId }: { runId: string; resultId: string }): Promise<CreditExplanation> => {
    const row = await ctx.tx.selectFrom('attribution_runs').selectAll().where('id', '=', runId).executeTakeFirst();
    if (!row) throw notFound('The attribution run');
    const frozen = row.published_generation === null ? null : frozenRun(row, row.published_generation);
    const result = frozen && (await findResult(ctx, runId, resultId));
    if (!frozen || !result)
      throw notFound('The result', 'Results of the published generation are listed under /results.');
    const conversion = await ctx.tx
      .selectFrom('conversions')
      .select(['id', 'refund_of'])
      .where('id', '=', result.conversionId)
      .executeTakeFirstOrThrow();
    const model = result.modelCode;
    const removalEffects = await removalEffectsOf(ctx, { runId, generation: frozen.generation });
    const run = {
      ...frozen,
      config: { ...frozen.config, models: [model] },
      hasRefunds: await hasRefunds(ctx),
      removalEffects,
    };
    const journey = await explainJourney(ctx, run, conversion.refund_of ?? conversion.id, conversion.id);
    const { code, formula, edgeCases } = ATTRIBUTION_MODELS.find((known) => known.code === model)!;
    const amountMinor = journey.shares.reduce((sum, share) => sum + share.amountMinor, 0);
    const explained = { model, config: run.config, inputs: run.inputs, removalEffects };
    return {
      ...journey,
      result,
      model: { code, formula, edgeCases },
      conversion: {
        id: conversion.id,
        amountMinor,
        amount: fromMinorUnits(amountMinor, result.currency),
        currency: result.currency,
        refundOf: conversion.refund_of,
      },
      parameters: parametersOf(explained),
      steps: stepsOf(model),
      rules: rulesOf(explained, {
        ...journey,
        touches: journey.touches.length,
        undivided: journey.touches.map((touch) => touch.undividedWeight),
        isRefund: conversion.refund_of !== null,
      }),
    };
  },
);

/** A result's id begins with the first eight bytes of its conversion's: the key of the table finds it. */
async function findResult(ctx: Ctx, runId: string, resultId: string): Promise<CreditView | null> {
  const start = resultId.slice(0, 19);
  const { rows } = await sql<{ conversion_id: string }>`
    select r.conversion_id from attribution_results r
    join attribution_runs run on run.organization_id = r.organization_id and run.id = r.run_id
    where r.organization_id = ${ctx.organizationId} and r.run_id = ${runId}
      and r.generation = run.published_generation
      and r.conversion_id between ${`${start}0000-000000000000`}::uuid and ${`${start}ffff-ffffffffffff`}::uuid
      and r.id = ${resultId}`.execute(ctx.tx);
  const [found] = rows;
  if (!found) return null;
  const credits = await selectCreditsOf(ctx, runId, [found.conversion_id]).where('r.id', '=', resultId).execute();
  return credits[0] ? toCreditView(credits[0]) : null;
}
