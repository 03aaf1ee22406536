import { type ContactPolicy, DEFAULT_CONTACT_POLICY } from '../../../domain/outreach/contact-policy.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';

export interface ContactPolicyView extends ContactPolicy {
  version: number;
}

/** What the organization has decided, over what holds where it has not. */
export async function readContactPolicy(ctx: Ctx): Promise<ContactPolicyView> {
  const row = await ctx.tx
    .selectFrom('contact_policies')
    .select(['settings', 'version'])
    .where('organization_id', '=', ctx.organizationId)
    .executeTakeFirst();
  return withDefaults((row?.settings ?? {}) as Partial<ContactPolicy>, row?.version ?? 0);
}

const withDefaults = (settings: Partial<ContactPolicy>, version: number): ContactPolicyView => ({
  ...DEFAULT_CONTACT_POLICY,
  ...settings,
  contactHours: { ...DEFAULT_CONTACT_POLICY.contactHours, ...settings.contactHours },
  version,
});

export const getContactPolicy = verb({ permission: 'organization.view' }, readContactPolicy);

export interface UpdateContactPolicyInput {
  expectedVersion?: number | undefined;
  changes: { readonly [Name in keyof ContactPolicy]?: unknown };
}

/** Partial; holds for every message that is claimed from now on. @throws AppError precondition_failed. */
export const updateContactPolicy = verb(
  { permission: 'organization.edit' },
  async (ctx, { expectedVersion, changes }: UpdateContactPolicyInput): Promise<ContactPolicyView> => {
    await ctx.tx
      .insertInto('contact_policies')
      .values({ organization_id: ctx.organizationId, version: 0 })
      .onConflict((clash) => clash.column('organization_id').doNothing())
      .execute();
    const { settings, version } = await ctx.tx
      .selectFrom('contact_policies')
      .select(['settings', 'version'])
      .where('organization_id', '=', ctx.organizationId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    requireVersion(version, expectedVersion);
    const before = settings as Partial<ContactPolicy>;
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after = {
      ...before,
      ...given,
      contactHours: { ...before.contactHours, ...(given.contactHours as object | undefined) },
    } as Partial<ContactPolicy>;
    await ctx.tx
      .updateTable('contact_policies')
      .set({ settings: JSON.stringify(after) })
      .where('organization_id', '=', ctx.organizationId)
      .execute();
    const entityId = ctx.organizationId;
    await audit(ctx, 'contact_policy.update', { entityType: 'contact_policy', entityId, before, after });
    return readContactPolicy(ctx);
  },
);
