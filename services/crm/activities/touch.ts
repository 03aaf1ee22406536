import { sql } from 'kysely';
import type { WorkSource } from '../../../domain/data/touch-source.rules.ts';
import type { Ctx } from '../../core/context.ts';
import {
  correctInteraction,
  type InteractionInput,
  ingestInteraction,
  noteModelCost,
  voidInteraction,
} from '../../data/index.ts';
import { linkCustomers } from '../prospects/customer-link.ts';
import { identifiersOf } from '../prospects/identity.ts';

/** Something between a person and the organization, as the customer record knows it. */
export interface Touch {
  /** `b:<table>:<id>`: a touch of one source row is one interaction. */
  externalId: string;
  channel: string;
  direction?: 'inbound' | 'outbound';
  startedAt: Date;
  endedAt?: Date;
  prospectId: string | null;
  accountId: string | null;
  /** Who did it; becomes the agent that earns the credit. */
  userId: string | null;
  /** Decimal text. */
  cost?: string;
  costCurrency?: string;
  /** Whose price it costs, where it has no cost of its own. */
  vendorCode?: string;
  metadata?: Record<string, unknown>;
  campaign?: string;
  /** Cadence, step, template, variant, sender: what the credit of the touch goes to, beside its agent. */
  outreach?: WorkSource;
  /** What models cost to make it, in millionths of a dollar: mostly less than the smallest unit of money. */
  modelCostMicros?: number;
}

/**
 * Writes the touch as an interaction, or corrects the one that it became earlier. Answers the interaction's id; null
 * when it names neither prospect nor account: then nobody was touched.
 */
export async function recordTouch(ctx: Ctx, touch: Touch): Promise<string | null> {
  const customerIdentifiers = await identifiersOfTouch(ctx, touch);
  if (customerIdentifiers.length === 0) return null;
  const { externalId, prospectId, accountId: _, userId, modelCostMicros, ...said } = touch;
  const participants = userId ? [await agentOfUser(ctx, userId)] : [];
  const fields = { ...said, customerIdentifiers, participants };
  const stored = await ctx.tx
    .selectFrom('interactions')
    .select(['id', 'voided_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  if (stored) {
    // What the source no longer says is taken away.
    const { endedAt = null, cost = null, costCurrency = null } = touch;
    const changes = { ...fields, endedAt, cost, costCurrency };
    if (stored.voided_at === null) await correctInteraction(ctx, { id: stored.id, changes });
    await noteModelCost(ctx, stored.id, modelCostMicros);
    return stored.id;
  }
  const { id } = await ingestInteraction(ctx, { externalInteractionId: externalId, ...fields });
  await noteModelCost(ctx, id, modelCostMicros);
  if (prospectId) await linkCustomers(ctx, { prospectIds: [prospectId] });
  return id;
}

/** Takes a touch back: attribution no longer counts it. */
export async function voidTouch(ctx: Ctx, externalId: string, reason: string): Promise<void> {
  const stored = await ctx.tx
    .selectFrom('interactions')
    .select(['id', 'voided_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  if (stored && stored.voided_at === null) await voidInteraction(ctx, { id: stored.id, reason });
}

async function identifiersOfTouch(ctx: Ctx, touch: Touch): Promise<InteractionInput['customerIdentifiers']> {
  if (touch.prospectId) {
    const { rows } = await sql<{ id: string; email: string | null; phone: string | null }>`
      select id, email_key as email, phone_key as phone from prospects
      where organization_id = ${ctx.organizationId} and id = ${touch.prospectId}`.execute(ctx.tx);
    return rows[0] ? identifiersOf(rows[0]) : [];
  }
  return touch.accountId ? [{ type: 'account', value: touch.accountId }] : [];
}

/** The agent that stands for a user; facts of telephony may have named one before. */
async function agentOfUser(ctx: Ctx, userId: string): Promise<NonNullable<InteractionInput['participants']>[number]> {
  const { rows } = await sql<{ agentId: string | null; name: string | null; teamId: string | null }>`
    select (select a.id from agents a where a.organization_id = u.organization_id and a.user_id = u.id
            order by a.created_at, a.id limit 1) as "agentId",
           nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') as name, u.team_id as "teamId"
    from users u where u.organization_id = ${ctx.organizationId} and u.id = ${userId}`.execute(ctx.tx);
  const row = rows[0];
  if (row?.agentId) return { role: 'agent', id: row.agentId };
  const { id } = await ctx.tx
    .insertInto('agents')
    .values({ external_id: `user:${userId}`, user_id: userId, name: row?.name ?? null, team_id: row?.teamId ?? null })
    .onConflict((target) => target.columns(['organization_id', 'external_id']).doUpdateSet({ user_id: userId }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return { role: 'agent', id };
}
