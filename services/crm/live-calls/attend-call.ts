import { sql } from 'kysely';
import { type CallFacts, callStep } from '../../../domain/crm/live-call.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { callEnded } from '../events.ts';
import { ERASED_CALL, writeStates } from './apply-events.ts';
import { projectCalls } from './project-calls.ts';

export type CallAttention =
  | { readonly status: 'waiting'; readonly waitSeconds: number }
  | { readonly status: 'closed' | 'gone' };

interface Row {
  id: string;
  status: 'live' | 'ended';
  facts: CallFacts;
  first: Date;
  last: Date;
  heardAt: Date;
  silentSince: Date | null;
  closedAt: Date | null;
}

/** One look of the process at its call: ends one that has gone silent, closes one that has ended. Repeating it is safe. */
export async function attendCall(ctx: Ctx, id: string): Promise<CallAttention> {
  const { rows } = await sql<Row>`
    select id, status, facts, first_event_at as first, last_event_at as last, heard_at as "heardAt",
           silent_since as "silentSince", closed_at as "closedAt"
    from live_calls
    where organization_id = ${ctx.organizationId} and id = ${id} and problem is distinct from ${ERASED_CALL}
    for no key update`.execute(ctx.tx);
  const call = rows[0];
  if (!call) return { status: 'gone' };
  if (call.closedAt !== null) return { status: 'closed' };
  const step = callStep({ ended: call.status === 'ended', heardAt: call.heardAt }, ctx.now);
  if (step.kind === 'wait') {
    return {
      status: 'waiting',
      waitSeconds: Math.max(1, Math.ceil((step.until.getTime() - ctx.now.getTime()) / 1000)),
    };
  }
  if (step.kind === 'silence') {
    await writeStates(ctx, [{ ...call, silentSince: call.last }]);
    await projectCalls(ctx, [id]);
    await emit(ctx, callEnded, { entityId: id, data: { id } });
    return attendCall(ctx, id);
  }
  await sql`
    update live_calls set closed_at = ${ctx.now}::timestamptz
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  // Whoever is not known by now is somebody without a name; a prospect may have been linked meanwhile.
  await projectCalls(ctx, [id]);
  return { status: 'closed' };
}
