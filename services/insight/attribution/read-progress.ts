import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { RunStatus } from '../../../domain/insight/attribution.rules.ts';
import { verb } from '../../core/context.ts';

export interface ProgressView {
  runId: string;
  status: RunStatus;
  generation: number;
  /** Conversions of the newest generation; total is null until the work is cut into partitions. */
  processed: number;
  total: number | null;
  percent: number | null;
  partitions: { completed: number; total: number };
  startedAt: Date | null;
  completedAt: Date | null;
  failure: { code: string; message: string } | null;
}

/** How far a run is, as its rows say: no worker is asked. @throws AppError not_found. */
export const readProgress = verb(
  { permission: 'attribution.view' },
  async (ctx, input: { runId: string; maxSeconds?: number }): Promise<ProgressView> => {
    const { rows } = await sql<Omit<ProgressView, 'percent' | 'partitions'> & { done: number; parts: number }>`
      select r.id as "runId", r.status, r.generation, r.conversions_total as total,
             coalesce(part.processed, 0)::integer as processed, coalesce(part.done, 0)::integer as done,
             coalesce(part.parts, 0)::integer as parts,
             r.started_at as "startedAt", r.completed_at as "completedAt",
             case when r.failure_code is not null then
               jsonb_build_object('code', r.failure_code, 'message', coalesce(r.failure_message, '')) end as failure
      from attribution_runs r
      left join lateral (
        select count(*) as parts, count(*) filter (where p.completed_at is not null) as done,
               sum(p.conversions) filter (where p.completed_at is not null) as processed
        from attribution_run_partitions p
        where p.organization_id = r.organization_id and p.run_id = r.id and p.generation = r.generation
      ) part on true
      where r.organization_id = ${ctx.organizationId} and r.id = ${input.runId}`.execute(ctx.tx);
    const [row] = rows;
    if (!row) throw notFound('The attribution run');
    const { done, parts, ...progress } = row;
    return { ...progress, percent: percentOf(progress), partitions: { completed: done, total: parts } };
  },
);

function percentOf({ status, processed, total }: Pick<ProgressView, 'status' | 'processed' | 'total'>): number | null {
  if (status === 'completed') return 100;
  if (total === null) return null;
  return total === 0 ? 100 : Math.floor((processed * 1000) / total) / 10;
}
