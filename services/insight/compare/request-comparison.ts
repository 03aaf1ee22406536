import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { type DifferencePart, planSteps } from '../../../domain/insight/comparison.rules.ts';
import {
  type MixedView,
  PAGE_VIEW_TYPE,
  type RunConfig,
  type RunInputs,
} from '../../../domain/insight/run-config.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { executeRun } from '../attribution/execute-run.ts';
import type { RunRow } from '../attribution/run-view.ts';
import { readChanges } from './changes.query.ts';
import { type ComparisonView, findComparison, type StoredStep } from './comparison-view.ts';

export interface RequestComparisonInput {
  baseRunId: string;
  runId: string;
}

/**
 * Asks for the difference of two completed runs in parts. Each state between the two is computed by the process of a run
 * of its own, over a chosen mixture of what they read. Asked for again it is the same comparison; failed states are
 * computed again.
 * @throws AppError validation; not_found; conflict `RUN_NOT_COMPLETED`, `NO_COMMON_MODEL`.
 */
export const requestComparison = verb(
  { permission: 'attribution.execute' },
  async (ctx, input: RequestComparisonInput): Promise<ComparisonView> => {
    if (input.baseRunId === input.runId) throw invalid('runId', 'must be another run than base_run_id', input.runId);
    // A concurrent twin waits here and then finds the comparison.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`comparison:${input.baseRunId}:${input.runId}`}, 0))`.execute(
      ctx.tx,
    );
    const existing = await ctx.tx
      .selectFrom('attribution_comparisons')
      .select('id')
      .where('base_run_id', '=', input.baseRunId)
      .where('run_id', '=', input.runId)
      .executeTakeFirst();
    if (existing) return repeatFailed(ctx, existing.id);
    const [base, other] = [await completedRun(ctx, input.baseRunId), await completedRun(ctx, input.runId)];
    const models = base.models.filter((model) => other.models.includes(model));
    if (models.length === 0) {
      throw conflict('NO_COMMON_MODEL', 'The two runs have no model in common, so nothing can be subtracted.', {
        hint: 'Execute one of them with the models of the other.',
      });
    }
    const { id } = await ctx.tx
      .insertInto('attribution_comparisons')
      .values({ base_run_id: base.id, run_id: other.id, models, steps: JSON.stringify([]) })
      .returning('id')
      .executeTakeFirstOrThrow();
    const steps = await createStates(ctx, id, base, other, models);
    await ctx.tx
      .updateTable('attribution_comparisons')
      .set({ steps: JSON.stringify(steps) })
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'attribution_comparison.create', {
      entityType: 'attribution_comparison',
      entityId: id,
      after: { ...input, models },
    });
    return findComparison(ctx, id);
  },
);

async function completedRun(ctx: Ctx, id: string): Promise<RunRow & { snapshot: string }> {
  const row = await ctx.tx
    .selectFrom('attribution_runs')
    .selectAll()
    .where('id', '=', id)
    .where('comparison_id', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('The attribution run');
  if (row.published_generation === null || row.snapshot === null) {
    throw conflict('RUN_NOT_COMPLETED', `The run ${row.name} has no results yet.`, {
      hint: 'Execute it and wait until its status is completed.',
      details: { runId: id, status: row.status },
    });
  }
  return { ...row, snapshot: row.snapshot };
}

/** Milestones read events, and so do runs that count some of them as touches. */
function behaviorRead(runs: readonly Completed[], models: readonly string[]) {
  const types = runs.flatMap(({ config }) => (config as Partial<RunConfig>).touchEventTypes ?? []);
  return {
    events: types.length > 0 || models.includes('W_SHAPED') || models.includes('FULL_PATH'),
    pageViews: types.includes(PAGE_VIEW_TYPE),
  };
}

type Completed = Awaited<ReturnType<typeof completedRun>>;

async function createStates(
  ctx: Ctx,
  comparisonId: string,
  base: Completed,
  other: Completed,
  models: readonly string[],
): Promise<StoredStep[]> {
  const changed = {
    configuration: settingsOf(base) !== settingsOf(other),
    ...(await readChanges(ctx, base.snapshot, other.snapshot, behaviorRead([base, other], models))),
  };
  const view: MixedView = asOf(base.snapshot);
  let settings = base;
  let before = base.id;
  const steps: StoredStep[] = [];
  for (const { part, changed: differs, state } of planSteps(changed)) {
    if (differs && part === 'configuration') settings = other;
    else if (differs) view[READING_OF_PART[part]!] = other.snapshot;
    if (state === 'other') before = other.id;
    if (state === 'compute') before = await createState(ctx, { comparisonId, part, settings, other, models, view });
    steps.push({ part, changed: differs, runId: before });
  }
  return steps;
}

const asOf = (snapshot: string): MixedView => ({
  links: snapshot,
  versions: snapshot,
  existing: snapshot,
  refunds: snapshot,
});

const READING_OF_PART: Readonly<Partial<Record<DifferencePart, keyof MixedView>>> = {
  identity: 'links',
  corrections: 'versions',
  lateData: 'existing',
  refunds: 'refunds',
};

/** What a run computes by, without what says only how much of it is computed. */
const settingsOf = ({ config, inputs }: RunRow): string =>
  JSON.stringify([sorted({ ...(config as unknown as RunConfig), models: null }), sorted(inputs)]);

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value;

interface State {
  comparisonId: string;
  part: DifferencePart;
  settings: Completed;
  other: Completed;
  models: readonly string[];
  view: MixedView;
}

async function createState(ctx: Ctx, state: State): Promise<string> {
  const { comparisonId, part, settings, other, models, view } = state;
  const config = { ...(settings.config as unknown as RunConfig), models: [...models] };
  const inputs = { ...(settings.inputs as unknown as RunInputs), view: { ...view } };
  const { id } = await ctx.tx
    .insertInto('attribution_runs')
    .values({
      name: `Difference, after ${part}`,
      model_code: models[0]!,
      models: [...models],
      config: JSON.stringify(config),
      inputs: JSON.stringify(inputs),
      snapshot: other.snapshot,
      as_of: other.as_of,
      comparison_id: comparisonId,
      created_by: ctx.principal.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await executeRun(ctx, { runId: id });
  return id;
}

async function repeatFailed(ctx: Ctx, comparisonId: string): Promise<ComparisonView> {
  const failed = await ctx.tx
    .selectFrom('attribution_runs')
    .select('id')
    .where('comparison_id', '=', comparisonId)
    .where('status', '=', 'failed')
    .execute();
  for (const { id } of failed) await executeRun(ctx, { runId: id });
  return findComparison(ctx, comparisonId);
}
