import type { ChangeOutcome, RemoteChange } from '../../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../core/context.ts';
import { nextPosition, type StepResult } from './sync-steps.ts';
import { keepCursor, type StreamPlace } from './take-facts.ts';

/** Keeps the place behind facts that have gone out. What was sent and not kept goes out again, under the same name. */
export async function keepOutlet(
  ctx: Ctx,
  place: StreamPlace,
  batch: { changes: readonly RemoteChange[]; cursor: string; more: boolean; outcomes: readonly ChangeOutcome[] },
): Promise<StepResult> {
  await keepCursor(ctx, place, { records: [], cursor: batch.cursor, more: batch.more });
  const { position } = place.sync;
  return {
    position: batch.more ? { ...position, cursor: batch.cursor } : nextPosition(position),
    counts: { pushed: batch.changes.length },
  };
}
