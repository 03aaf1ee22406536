import { sql } from 'kysely';
import type { Dimension } from '../../../domain/insight/attribution.rules.ts';
import { LOW_SAMPLE_JOURNEYS, WEIGHT_UNITS } from '../../../domain/insight/attribution.rules.ts';
import type { MarkovDetails } from '../../../domain/insight/markov.rules.ts';
import type { ShapleyDetails } from '../../../domain/insight/shapley.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { findRun } from './run-view.ts';

type Learned<Details> = Details & { dimension: Dimension };

/** What a run says of its models without their large tables. */
export interface ModelSummaries {
  aiWeighted?: { linearFallbackConversions: number };
  markov?: Learned<Omit<MarkovDetails, 'transitions'>>;
  shapley?: Learned<Omit<ShapleyDetails, 'coalitions'>>;
  /** Refunds that follow the run's conversions, whatever their own date. */
  refunds?: number;
  /** `LOW_SAMPLE`: a data-driven model learned from fewer than 100 converting journeys. */
  warnings?: string[];
}

export interface ModelDetails {
  markov: Learned<MarkovDetails> | null;
  shapley: Learned<ShapleyDetails> | null;
  /** Names of vendors, by id, where the dimension is vendor. */
  labels: Record<string, string>;
  warnings: string[];
}

interface Generation {
  runId: string;
  generation: number;
}

/** MARKOV's removal effects in units of 1e-12; empty where the run has no such model. */
export async function removalEffectsOf(ctx: Ctx, { runId, generation }: Generation): Promise<Record<string, number>> {
  const { rows } = await sql<{ effects: MarkovDetails['effects'] }>`
    select details -> 'effects' as effects from attribution_run_models
    where organization_id = ${ctx.organizationId} and run_id = ${runId} and generation = ${generation}::integer
      and model_code = 'MARKOV'`.execute(ctx.tx);
  const effects = rows[0]?.effects ?? [];
  return Object.fromEntries(
    effects.map(({ value, removalEffect }) => [value, Math.max(0, Math.round(removalEffect * WEIGHT_UNITS))]),
  );
}

export async function summariesOf(ctx: Ctx, { runId, generation }: Generation): Promise<ModelSummaries> {
  const { rows } = await sql<{ model_code: string; details: { converted: number } }>`
    select model_code, details - 'transitions' - 'coalitions' as details from attribution_run_models
    where organization_id = ${ctx.organizationId} and run_id = ${runId} and generation = ${generation}::integer
    order by model_code`.execute(ctx.tx);
  const summaries = Object.fromEntries(rows.map(({ model_code, details }) => [model_code.toLowerCase(), details]));
  return { ...summaries, ...(warningsOf(rows).length > 0 ? { warnings: warningsOf(rows) } : {}) };
}

const warningsOf = (rows: readonly { details: { converted: number } }[]): string[] =>
  rows.some(({ details }) => details.converted < LOW_SAMPLE_JOURNEYS) ? ['LOW_SAMPLE'] : [];

/** What the run's data-driven models are known by, whole; nulls before it has completed once. @throws AppError not_found. */
export const getModelDetails = verb(
  { permission: 'attribution.view' },
  async (ctx, { runId }: { runId: string }): Promise<ModelDetails> => {
    const { publishedGeneration } = await findRun(ctx, runId);
    const { rows } = await sql<{ model_code: string; details: Learned<MarkovDetails> & Learned<ShapleyDetails> }>`
      select model_code, details from attribution_run_models
      where organization_id = ${ctx.organizationId} and run_id = ${runId}
        and generation = ${publishedGeneration}::integer`.execute(ctx.tx);
    const of = (model: string) => rows.find((row) => row.model_code === model)?.details ?? null;
    const isByVendor = rows.some(({ details }) => details.dimension === 'vendor');
    const vendors = isByVendor ? await ctx.tx.selectFrom('vendors').select(['id', 'name']).execute() : [];
    return {
      markov: of('MARKOV'),
      shapley: of('SHAPLEY'),
      labels: Object.fromEntries(vendors.map(({ id, name }) => [id, name])),
      warnings: warningsOf(rows),
    };
  },
);
