import type { Db } from '../../../schema/db.ts';
import { audit } from '../../core/audit.ts';
import type { Scope } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';

export interface CreateOrganizationInput {
  name: string;
  plan: 'free' | 'starter' | 'pro' | 'enterprise';
  timeZone?: string;
}

/** Creates the organization that `scope` names; the row's own policy allows no other. For setup code. */
export async function createOrganization(db: Db, scope: Scope, input: CreateOrganizationInput): Promise<void> {
  await inTransaction(db, scope, async (ctx) => {
    await ctx.tx
      .insertInto('organizations')
      .values({
        id: ctx.organizationId,
        name: input.name,
        plan: input.plan,
        ...(input.timeZone ? { time_zone: input.timeZone } : {}),
      })
      .execute();
    await audit(ctx, 'organization.create', {
      entityType: 'organization',
      entityId: ctx.organizationId,
      after: { ...input },
    });
  });
}
