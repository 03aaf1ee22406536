import { assertCancellable, type RunStatus } from '../../../domain/insight/attribution.rules.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess } from '../../core/commands.ts';
import { verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { attributionFailed } from '../events.ts';
import { findRun, lockRun, type RunView } from './run-view.ts';

/**
 * Ends a pending or running run as failed with code CANCELLED and stops its statements. An earlier published
 * generation stays visible.
 * @throws AppError not_found; conflict `RUN_NOT_CANCELLABLE`.
 */
export const cancelRun = verb(
  { permission: 'attribution.execute' },
  async (ctx, input: { runId: string }): Promise<RunView> => {
    const before = await lockRun(ctx, input.runId);
    assertCancellable(before.status as RunStatus);
    await ctx.tx
      .updateTable('attribution_runs')
      .set({
        status: 'failed',
        failure_code: 'CANCELLED',
        failure_message: 'The run was cancelled.',
        completed_at: ctx.now,
      })
      .where('id', '=', before.id)
      .execute();
    await audit(ctx, 'attribution_run.cancel', {
      entityType: 'attribution_run',
      entityId: before.id,
      before: { status: before.status },
      after: { status: 'failed', failureCode: 'CANCELLED' },
    });
    if (before.status === 'running') {
      await emit(ctx, attributionFailed, {
        entityId: before.id,
        data: { runId: before.id, generation: before.generation, code: 'CANCELLED' },
      });
      const target = { entityId: before.id, generation: before.generation };
      await signalProcess(ctx, 'attribution', target, 'runCancelled');
    }
    return findRun(ctx, before.id);
  },
);
