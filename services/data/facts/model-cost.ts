import type { Ctx } from '../../core/context.ts';

/** What models cost to make this touch; said again, the last figure counts. Nothing known leaves nothing. */
export async function noteModelCost(ctx: Ctx, interactionId: string, micros: number | undefined): Promise<void> {
  if (micros === undefined) return;
  await ctx.tx
    .insertInto('touch_model_costs')
    .values({ interaction_id: interactionId, micros })
    .onConflict((cost) => cost.columns(['organization_id', 'interaction_id']).doUpdateSet({ micros }))
    .execute();
}
