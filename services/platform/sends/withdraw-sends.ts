import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** Later than anything is looked at: what rests is released by whoever let it rest. */
export const REST = new Date('9999-12-31T00:00:00Z');

/**
 * Whoever takes one of them, or begins to hand it over, has done so before or waits for the decision: none rests or leaves by
 * what a guard has read before it.
 */
async function holdSends(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await sql`
    select from sends
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[]) and settled_at is null
    order by id for no key update`.execute(ctx.tx);
}

/** Messages that nobody has taken yet leave no more until they are released. What is being handed over goes on. */
export async function restSends(ctx: Ctx, ids: readonly string[], code: string): Promise<void> {
  await holdSends(ctx, ids);
  await sql`
    update sends set held_by = ${code}, next_attempt_at = ${REST}::timestamptz
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[])
      and state = 'planned' and settled_at is null`.execute(ctx.tx);
}

/** They are due now, whatever had held them before: that is asked again when they are taken. */
export async function releaseSends(ctx: Ctx, ids: readonly string[], code: string): Promise<void> {
  await holdSends(ctx, ids);
  await sql`
    update sends set held_by = null, next_attempt_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[])
      and state = 'planned' and settled_at is null and held_by = ${code}`.execute(ctx.tx);
}

/** Messages that nobody has taken yet never leave; answers which those are. No observer is told: the caller knows. */
export async function withdrawSends(ctx: Ctx, ids: readonly string[], code: string): Promise<string[]> {
  await holdSends(ctx, ids);
  const { rows } = await sql<{ id: string }>`
    update sends set state = 'suppressed', suppressed_by = ${code}, settled_at = ${ctx.now}, claimed_until = null
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[])
      and state = 'planned' and settled_at is null
    returning id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
