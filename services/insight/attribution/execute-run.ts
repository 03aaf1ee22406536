import { sql } from 'kysely';
import { EXECUTE_IN, type RunStatus } from '../../../domain/insight/attribution.rules.ts';
import type { MilestoneEventTypes, RunInputs } from '../../../domain/insight/run-config.rules.ts';
import { audit } from '../../core/audit.ts';
import { startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { findRun, lockRun, type RunView } from './run-view.ts';

/**
 * Starts the run's process. The first execution pins what it reads (database snapshot, organization settings); each
 * later one is a new generation over the same input. A run that is going on is answered as it is.
 * @throws AppError not_found.
 */
export const executeRun = verb(
  { permission: 'attribution.execute' },
  async (ctx, input: { runId: string }): Promise<RunView> => {
    const before = await lockRun(ctx, input.runId);
    if (EXECUTE_IN[before.status as RunStatus] === 'join') return findRun(ctx, input.runId);
    const generation = before.generation + 1;
    const inputs = before.inputs ?? (await currentInputs(ctx));
    await ctx.tx
      .updateTable('attribution_runs')
      .set({
        status: 'running',
        generation,
        started_at: ctx.now,
        completed_at: null,
        failure_code: null,
        failure_message: null,
        conversions_total: null,
        snapshot: sql`coalesce(snapshot, pg_current_snapshot())`,
        as_of: before.as_of ?? ctx.now,
        inputs: JSON.stringify(inputs),
      })
      .where('id', '=', before.id)
      .execute();
    await audit(ctx, 'attribution_run.execute', {
      entityType: 'attribution_run',
      entityId: before.id,
      before: { status: before.status, generation: before.generation },
      after: { status: 'running', generation },
    });
    const target = { entityId: before.id, generation };
    await startProcess(ctx, 'attribution', target, {
      organizationId: ctx.organizationId,
      runId: before.id,
      generation,
    });
    return findRun(ctx, before.id);
  },
);

async function currentInputs(ctx: Ctx): Promise<RunInputs> {
  const row = await ctx.tx
    .selectFrom('organizations')
    .select(['time_zone', 'intent_weights', 'direct_channels', 'milestone_event_types'])
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  const milestones = row.milestone_event_types as Partial<MilestoneEventTypes>;
  return {
    timeZone: row.time_zone,
    intentWeights: row.intent_weights as Record<string, number>,
    directChannels: row.direct_channels.map((name) => name.trim().toLowerCase()),
    milestoneEventTypes: { lead: milestones.lead ?? [], opportunity: milestones.opportunity ?? [] },
  };
}
