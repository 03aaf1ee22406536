import { sql } from 'kysely';
import { workSourceOf } from '../../../domain/data/touch-source.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { correctInteraction, noteModelCost } from '../../data/index.ts';
import { recordTouch, type Touch, voidTouch } from '../activities/touch.ts';
import { readCall } from './call-log.ts';

const externalIdOf = (callId: string): string => `b:call_logs:${callId}`;

/**
 * The call as an interaction of the person, or its correction, credited to what gave its task; nothing when it was deleted
 * meanwhile.
 */
export async function touchByCall(ctx: Ctx, callId: string): Promise<void> {
  const stored = await ctx.tx
    .selectFrom('call_logs')
    .select(['deleted_at', 'live_call_id', 'interaction_id'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', callId)
    .executeTakeFirst();
  if (!stored || stored.deleted_at !== null) return;
  const credit = await creditOf(ctx, callId);
  if (stored.live_call_id !== null) return creditTelephony(ctx, stored.interaction_id, credit);
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
    ...credit,
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

type Credit = Pick<Touch, 'outreach' | 'modelCostMicros'>;

/** What the task of the call says it is credited to. What models took to write the task is borne by its first call alone. */
async function creditOf(ctx: Ctx, callId: string): Promise<Credit> {
  const { rows } = await sql<{ said: Record<string, unknown>; first: boolean }>`
    select t.touch as said, not exists (
             select from call_logs other
             where other.organization_id = c.organization_id and other.task_id = c.task_id and other.id < c.id) as first
    from call_logs c join tasks t on t.organization_id = c.organization_id and t.id = c.task_id
    where c.organization_id = ${ctx.organizationId} and c.id = ${callId} and t.touch is not null`.execute(ctx.tx);
  const task = rows[0];
  if (!task) return {};
  const { modelCostMicros } = task.said;
  return {
    outreach: workSourceOf(task.said),
    ...(task.first && typeof modelCostMicros === 'number' ? { modelCostMicros } : {}),
  };
}

/** A call that telephony has told of is an interaction already: what it is credited to is added. */
async function creditTelephony(ctx: Ctx, interactionId: string | null, credit: Credit): Promise<void> {
  if (interactionId === null || credit.outreach === undefined) return;
  const { rows } = await sql`
    select from interactions i
    left join touch_sources t on t.organization_id = i.organization_id and t.id = i.touch_source_id
    where i.organization_id = ${ctx.organizationId} and i.id = ${interactionId} and i.voided_at is null
      and t.outreach is distinct from ${JSON.stringify(credit.outreach)}::jsonb`.execute(ctx.tx);
  if (rows.length === 0) return;
  await correctInteraction(ctx, { id: interactionId, changes: { outreach: credit.outreach } });
  await noteModelCost(ctx, interactionId, credit.modelCostMicros);
}
