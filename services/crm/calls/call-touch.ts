import type { Ctx } from '../../core/context.ts';
import { recordTouch, voidTouch } from '../activities/touch.ts';
import { readCall } from './call-log.ts';

const externalIdOf = (callId: string): string => `b:call_logs:${callId}`;

/** The call as an interaction of the person, or its correction; nothing when it was deleted meanwhile. */
export async function touchByCall(ctx: Ctx, callId: string): Promise<void> {
  const stored = await ctx.tx
    .selectFrom('call_logs')
    .select(['deleted_at', 'live_call_id'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', callId)
    .executeTakeFirst();
  // A call that telephony has told of is an interaction already.
  if (!stored || stored.deleted_at !== null || stored.live_call_id !== null) return;
  const call = await readCall(ctx, callId);
  const interactionId = await recordTouch(ctx, {
    externalId: externalIdOf(callId),
    channel: 'call',
    direction: call.direction,
    startedAt: call.occurredAt,
    ...(call.durationSeconds === null
      ? {}
      : { endedAt: new Date(call.occurredAt.getTime() + call.durationSeconds * 1000) }),
    prospectId: call.prospectId,
    accountId: call.accountId,
    userId: call.userId,
    ...(call.cost === null ? {} : { cost: call.cost, costCurrency: call.costCurrency! }),
    metadata: { disposition: call.disposition, ...(call.dealId ? { deal_id: call.dealId } : {}) },
  });
  if (interactionId === null || call.interactionId !== null) return;
  await ctx.tx
    .updateTable('call_logs')
    .set({ interaction_id: interactionId })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', callId)
    .execute();
}

export const untouchByCall = (ctx: Ctx, callId: string): Promise<void> =>
  voidTouch(ctx, externalIdOf(callId), 'The call was deleted.');
