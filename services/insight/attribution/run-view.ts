import { type Selectable, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { ModelCode, RunStatus } from '../../../domain/insight/attribution.rules.ts';
import { type RunConfig, type RunInputs, UNNAMED_CONFIG } from '../../../domain/insight/run-config.rules.ts';
import type { AttributionRuns } from '../../../schema/database.gen.ts';
import type { Ctx } from '../../core/context.ts';
import type { FrozenRun } from './conversions.query.ts';
import type { ModelSummaries } from './model-details.ts';

export interface RunView {
  id: string;
  name: string;
  modelCode: ModelCode;
  models: ModelCode[];
  config: RunConfig;
  status: RunStatus;
  /** Raised by every execution; results are those of the published one. */
  generation: number;
  publishedGeneration: number | null;
  asOf: Date | null;
  startedAt: Date | null;
  completedAt: Date | null;
  failure: { code: string; message: string } | null;
  /** Conversions that the published generation read, those with credit, and those without a touch in the window. */
  conversionsProcessed: number | null;
  conversionsAttributed: number | null;
  conversionsUnattributed: number | null;
  /** Of the newest generation, in conversions; total is null until the work is cut into partitions. */
  progress: { processed: number; total: number | null };
  modelDetails: ModelSummaries;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export type RunRow = Selectable<AttributionRuns>;

const processed = sql<number>`coalesce((
  select sum(p.conversions)::integer from attribution_run_partitions p
  where p.organization_id = r.organization_id and p.run_id = r.id and p.generation = r.generation
    and p.completed_at is not null), 0)`;

/** Runs with their progress; one statement for one run or a page of them. */
export const selectRuns = (ctx: Ctx) =>
  ctx.tx.selectFrom('attribution_runs as r').selectAll('r').select(processed.as('processed'));

const UNPINNED: Partial<RunInputs> = { directChannels: [], milestoneEventTypes: { lead: [], opportunity: [] } };

export function toRunView(row: RunRow & { processed: number }): RunView {
  return {
    id: row.id,
    name: row.name,
    modelCode: row.model_code as ModelCode,
    models: row.models as ModelCode[],
    config: { ...UNNAMED_CONFIG, ...(row.config as unknown as RunConfig) },
    status: row.status as RunStatus,
    generation: row.generation,
    publishedGeneration: row.published_generation,
    asOf: row.as_of,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    failure: row.failure_code ? { code: row.failure_code, message: row.failure_message ?? '' } : null,
    conversionsProcessed: row.conversions_processed,
    conversionsAttributed: row.conversions_attributed,
    conversionsUnattributed: row.conversions_unattributed,
    progress: { processed: row.processed, total: row.conversions_total },
    modelDetails: (row.model_details ?? {}) as ModelSummaries,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

/** @throws AppError not_found. */
export async function findRun(ctx: Ctx, runId: string): Promise<RunView> {
  const row = await selectRuns(ctx).where('r.id', '=', runId).executeTakeFirst();
  if (!row) throw notFound('The attribution run');
  return toRunView(row);
}

/** Holds the run until the transaction ends. @throws AppError not_found. */
export async function lockRun(ctx: Ctx, runId: string): Promise<RunRow> {
  const row = await ctx.tx
    .selectFrom('attribution_runs')
    .selectAll()
    .where('id', '=', runId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The attribution run');
  return row;
}

/** What the run's statements read by, or null when it was never executed. */
export function frozenRun(row: RunRow, generation: number): FrozenRun | null {
  if (!row.snapshot) return null;
  return {
    organizationId: row.organization_id,
    runId: row.id,
    generation,
    snapshot: (row.inputs as unknown as RunInputs).view ?? row.snapshot,
    config: { ...UNNAMED_CONFIG, ...(row.config as unknown as RunConfig) },
    inputs: { ...UNPINNED, ...(row.inputs as unknown as RunInputs) },
  };
}

/** The same, or null when this generation is no longer the one that is running. */
export const runningRun = (row: RunRow, generation: number): FrozenRun | null =>
  row.status === 'running' && row.generation === generation ? frozenRun(row, generation) : null;
