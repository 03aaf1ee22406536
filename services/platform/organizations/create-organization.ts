import type { Db } from '../../../schema/db.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx, Scope } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';

export interface CreateOrganizationInput {
  name: string;
  plan: 'free' | 'starter' | 'pro' | 'enterprise';
  timeZone?: string;
}

/** Creates the organization that `scope` names; the row's own policy allows no other. For setup code. */
export async function createOrganization(db: Db, scope: Scope, input: CreateOrganizationInput): Promise<void> {
  await inTransaction(db, scope, (ctx) => insertOrganization(ctx, input));
}

/** The organization of this context with team 1; its four default roles come with the row (a trigger). */
export async function insertOrganization(ctx: Ctx, input: CreateOrganizationInput): Promise<{ teamId: string }> {
  await ctx.tx
    .insertInto('organizations')
    .values({
      id: ctx.organizationId,
      name: input.name,
      plan: input.plan,
      ...(input.timeZone ? { time_zone: input.timeZone } : {}),
    })
    .execute();
  const team = await ctx.tx.insertInto('teams').values({ name: 'General' }).returning('id').executeTakeFirstOrThrow();
  await audit(ctx, 'organization.create', {
    entityType: 'organization',
    entityId: ctx.organizationId,
    after: { ...input },
  });
  return { teamId: team.id };
}
