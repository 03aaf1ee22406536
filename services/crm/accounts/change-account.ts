import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { acrossTeams } from '../../core/team-limits.ts';
import { actingUser } from '../activities/log-activity.ts';
import { mergedCustom } from '../custom-fields/check-custom.ts';
import { accountCreated, accountDeleted, accountRestored, accountUpdated } from '../events.ts';
import { lockRecord } from '../lock-record.ts';
import { changedFields } from '../prospects/update-prospect.ts';
import { requireRecords } from '../references.ts';
import { teamOfNew } from '../team-of-record.ts';
import { type AccountDetail, type LifecycleStage, readAccount } from './account-view.ts';

export interface AccountFields {
  name?: string | undefined;
  domain?: string | null | undefined;
  industry?: string | null | undefined;
  employeeCount?: number | null | undefined;
  annualRevenue?: number | null | undefined;
  location?: string | null | undefined;
  phone?: string | null | undefined;
  website?: string | null | undefined;
  description?: string | null | undefined;
  parentAccountId?: string | null | undefined;
  lifecycleStage?: LifecycleStage | null | undefined;
  isTarget?: boolean | undefined;
  source?: string | null | undefined;
  ownerId?: string | null | undefined;
  teamId?: string | null | undefined;
  custom?: Readonly<Record<string, unknown>> | undefined;
}

const rowOf = (account: AccountFields) => ({
  name: account.name!,
  domain: account.domain?.toLowerCase() ?? null,
  industry: account.industry ?? null,
  employee_count: account.employeeCount ?? null,
  annual_revenue: account.annualRevenue ?? null,
  location: account.location ?? null,
  phone: account.phone ?? null,
  website: account.website ?? null,
  description: account.description ?? null,
  parent_account_id: account.parentAccountId ?? null,
  lifecycle_stage: account.lifecycleStage ?? null,
  is_target: account.isTarget ?? false,
  source: account.source ?? null,
  owner_id: account.ownerId ?? null,
  team_id: account.teamId ?? null,
});

/** @throws AppError validation; conflict `DUPLICATE_ACCOUNT` (`details.existingId`). */
export const createAccount = verb(
  { permission: 'accounts.edit' },
  async (ctx, input: AccountFields & { name: string }): Promise<AccountDetail> => {
    await requireRecords(ctx, input);
    if (input.domain) await requireFreeDomain(ctx, input.domain);
    const ownerId = input.ownerId === undefined ? actingUser(ctx) : input.ownerId;
    const { id } = await ctx.tx
      .insertInto('accounts')
      .values({
        ...rowOf({ ...input, ownerId, teamId: await teamOfNew(ctx, input.teamId) }),
        custom: JSON.stringify(await mergedCustom(ctx, 'account', {}, input.custom)),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'account.create', { entityType: 'account', entityId: id, after: { name: input.name } });
    await emit(ctx, accountCreated, { entityId: id, data: { id } });
    return readAccount(ctx, id);
  },
);

export interface UpdateAccountInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: AccountFields;
}

/** Partial. @throws AppError not_found; precondition_failed; validation; conflict `DUPLICATE_ACCOUNT`, `ACCOUNT_CYCLE`. */
export const updateAccount = verb(
  { permission: 'accounts.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateAccountInput): Promise<AccountDetail> => {
    await lockRecord(ctx, 'accounts', { id, expectedVersion });
    const before = await readAccount(ctx, id);
    const { custom, ...fields } = changes;
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given, custom: await mergedCustom(ctx, 'account', before.custom, custom) };
    const changed = changedFields(before, after);
    if (changed.length === 0) return before;
    await requireRecords(ctx, Object.fromEntries(changed.map((field) => [field, after[field]])));
    if (changed.includes('domain') && after.domain) await requireFreeDomain(ctx, after.domain, id);
    if (changed.includes('parentAccountId') && after.parentAccountId) {
      await requireNoCycle(ctx, id, after.parentAccountId);
    }
    await ctx.tx
      .updateTable('accounts')
      .set({ ...rowOf(after), custom: JSON.stringify(after.custom) })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'account.update', { entityType: 'account', entityId: id, after: { fields: changed } });
    await emit(ctx, accountUpdated, { entityId: id, data: { id, fields: changed } });
    return readAccount(ctx, id);
  },
);

/** Hides the account; its contacts, deals and children stay and keep naming it. @throws AppError not_found. */
export const deleteAccount = verb(
  { permission: 'accounts.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    await lockRecord(ctx, 'accounts', input);
    await ctx.tx
      .updateTable('accounts')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    await audit(ctx, 'account.delete', { entityType: 'account', entityId: input.id });
    await emit(ctx, accountDeleted, { entityId: input.id, data: { id: input.id } });
    return { id: input.id };
  },
);

/** @throws AppError not_found; conflict `NOT_DELETED`, `MERGED`, `DUPLICATE_ACCOUNT`. */
export const restoreAccount = verb(
  { permission: 'accounts.delete' },
  async (ctx, input: { id: string }): Promise<AccountDetail> => {
    const row = await ctx.tx
      .selectFrom('accounts')
      .select(['deleted_at', 'domain', 'merged_into_id'])
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound('The account');
    if (row.merged_into_id) {
      throw conflict('MERGED', 'The account was merged into another one.', { hint: 'Undo the merge instead.' });
    }
    if (row.deleted_at === null) throw conflict('NOT_DELETED', 'The account is not deleted.');
    if (row.domain) await requireFreeDomain(ctx, row.domain, input.id);
    await ctx.tx
      .updateTable('accounts')
      .set({ deleted_at: null })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    await audit(ctx, 'account.restore', { entityType: 'account', entityId: input.id });
    await emit(ctx, accountRestored, { entityId: input.id, data: { id: input.id } });
    return readAccount(ctx, input.id);
  },
);

export async function requireFreeDomain(ctx: Ctx, domain: string, ownId?: string): Promise<void> {
  const { rows } = await acrossTeams(ctx, () =>
    sql<{ id: string }>`
      select id from accounts
      where organization_id = ${ctx.organizationId} and domain_lower = lower(${domain}::text)
        and deleted_at is null`.execute(ctx.tx),
  );
  const existing = rows[0];
  if (!existing || existing.id === ownId) return;
  throw conflict('DUPLICATE_ACCOUNT', `An account with the domain ${domain} exists already.`, {
    issues: [{ field: 'domain', message: 'exists already', value: domain }],
    details: { existingId: existing.id },
    hint: 'Change the existing one with PUT, or merge the two.',
  });
}

/** Held until the transaction ends: one change of the tree at a time. */
export async function lockTree(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('account-tree'), hashtext(${ctx.organizationId}))`.execute(ctx.tx);
}

/**
 * Two moves that together would close a circle are kept apart by one lock per organization.
 * @throws AppError conflict `ACCOUNT_CYCLE`; validation when an account is to be its own parent.
 */
async function requireNoCycle(ctx: Ctx, id: string, parentId: string): Promise<void> {
  if (id === parentId) throw invalid('parentAccountId', 'must not be the account itself', parentId);
  await lockTree(ctx);
  const { rows } = await acrossTeams(ctx, () =>
    sql`
      with recursive above as (
        select id, parent_account_id from accounts
        where organization_id = ${ctx.organizationId} and id = ${parentId}
        union
        select a.id, a.parent_account_id from above
        join accounts a on a.organization_id = ${ctx.organizationId} and a.id = above.parent_account_id)
      select 1 from above where id = ${id}`.execute(ctx.tx),
  );
  if (rows.length > 0) {
    throw conflict('ACCOUNT_CYCLE', 'The parent is itself below this account.', {
      issues: [{ field: 'parentAccountId', message: 'is below this account', value: parentId }],
    });
  }
}
