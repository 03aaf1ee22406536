import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import { isDataDriven } from '../../../domain/insight/attribution.rules.ts';
import { markovDetails, tooManyStates } from '../../../domain/insight/markov.rules.ts';
import { shapleyDetails, tooManySets } from '../../../domain/insight/shapley.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { FrozenRun } from './conversions.query.ts';
import { type Journeys, readJourneys } from './learn.query.ts';
import { failRun, type RunStep, readRunning } from './run-steps.ts';

/** `refused`: the journeys cannot be computed, and the run's row says why. `stopped`: it is not running any more. */
export type LearnOutcome = 'learned' | 'refused' | 'stopped';

/** Whether a model of the run learns from all journeys before the first partition. */
export async function learnsFirst(ctx: Ctx, step: RunStep): Promise<boolean> {
  return (await readRunning(ctx, step))?.config.models.some(isDataDriven) ?? false;
}

/**
 * Computes what the run's data-driven models know of all journeys, before any credit: transition table and removal
 * effects, worths of coalitions and Shapley values. One transaction; a repeated attempt finds them and returns.
 */
export async function learnModels(ctx: Ctx, step: RunStep, signal?: AbortSignal): Promise<LearnOutcome> {
  const run = await readRunning(ctx, step);
  if (!run) return 'stopped';
  const known = await ctx.tx
    .selectFrom('attribution_run_models')
    .select('model_code')
    .where('run_id', '=', step.runId)
    .where('generation', '=', step.generation)
    .execute();
  await sql`select set_config('work_mem', '256MB', true)`.execute(ctx.tx);
  try {
    const models = run.config.models
      .filter(isDataDriven)
      .filter((model) => !known.some((row) => row.model_code === model));
    const journeys = models.length > 0 ? await readJourneys(ctx.tx, run, models, signal) : {};
    for (const model of models) {
      const details = model === 'MARKOV' ? learnMarkov(run, journeys) : learnShapley(run, journeys);
      await ctx.tx
        .insertInto('attribution_run_models')
        .values({
          run_id: step.runId,
          generation: step.generation,
          model_code: model,
          details: JSON.stringify({ dimension: run.config.dimension, ...details }),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    return 'learned';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await failRun(ctx, { ...step, code: error.code, message: `${error.message} ${error.extras.hint ?? ''}`.trim() });
    return 'refused';
  }
}

function learnMarkov({ config }: FrozenRun, { MARKOV: steps }: Journeys) {
  if (typeof steps === 'number') throw tooManyStates(steps, config.markovOrder);
  return markovDetails(steps!, config.markovOrder);
}

function learnShapley({ config }: FrozenRun, { SHAPLEY: sets }: Journeys) {
  if (typeof sets === 'number') throw tooManySets();
  return shapleyDetails(sets!, config.shapleyWorth);
}
