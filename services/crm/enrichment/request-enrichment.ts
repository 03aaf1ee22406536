import { sql } from 'kysely';
import { type FieldIssue, invalid, invalidAll } from '../../../domain/core/errors.ts';
import { type EnrichmentField, MOST_ENRICHMENT_TARGETS } from '../../../domain/crm/enrichment.rules.ts';
import { type Ctx, requirePermission, verb } from '../../core/context.ts';
import { readAccount } from '../accounts/account-view.ts';
import { readProspect } from '../prospects/prospect-view.ts';
import { type EnrichmentWish, openRequest } from './open-request.ts';
import { type EnrichmentRequestDetail, readRequest } from './request-view.ts';

/**
 * Asks for people and companies to be looked up. @throws AppError validation naming the records that do not exist;
 * forbidden when accounts are named and may not be edited.
 */
export const requestEnrichment = verb(
  { permission: 'prospects.edit' },
  async (ctx, input: EnrichmentWish): Promise<EnrichmentRequestDetail> => {
    const { prospectIds = [], accountIds = [] } = input;
    if (accountIds.length > 0) requirePermission(ctx.principal, 'accounts.edit');
    const named = new Set([...prospectIds, ...accountIds]);
    if (named.size === 0) throw invalid('prospectIds', 'or accountIds must name at least one record');
    if (named.size > MOST_ENRICHMENT_TARGETS) {
      throw invalid('prospectIds', `and accountIds must name at most ${MOST_ENRICHMENT_TARGETS} records together`);
    }
    await requireAll(ctx, { prospectIds, accountIds });
    return readRequest(ctx, await openRequest(ctx, 'api', input));
  },
);

/** @throws AppError not_found. */
export const enrichProspect = verb(
  { permission: 'prospects.edit' },
  async (ctx, input: { id: string; fields?: readonly EnrichmentField[] | undefined }) => {
    await readProspect(ctx, input.id);
    return readRequest(ctx, await openRequest(ctx, 'prospect', { prospectIds: [input.id], fields: input.fields }));
  },
);

/** @throws AppError not_found. */
export const enrichAccount = verb(
  { permission: 'accounts.edit' },
  async (ctx, input: { id: string; fields?: readonly EnrichmentField[] | undefined }) => {
    await readAccount(ctx, input.id);
    return readRequest(ctx, await openRequest(ctx, 'account', { accountIds: [input.id], fields: input.fields }));
  },
);

async function requireAll(ctx: Ctx, named: { prospectIds: readonly string[]; accountIds: readonly string[] }) {
  const { rows } = await sql<{ field: 'prospectIds' | 'accountIds'; id: string }>`
    select 'prospectIds' as field, id from unnest(${sql.val([...named.prospectIds])}::uuid[]) as wanted(id)
    where not exists (select from prospects p where p.organization_id = ${ctx.organizationId} and p.id = wanted.id
                        and p.deleted_at is null)
    union all
    select 'accountIds', id from unnest(${sql.val([...named.accountIds])}::uuid[]) as wanted(id)
    where not exists (select from accounts a where a.organization_id = ${ctx.organizationId} and a.id = wanted.id
                        and a.deleted_at is null)`.execute(ctx.tx);
  const issues: FieldIssue[] = rows.map(({ field, id }) => ({
    field: `${field}.${named[field].findIndex((one) => one.toLowerCase() === id)}`,
    message: 'does not exist',
    value: id,
  }));
  if (issues.length > 0) throw invalidAll(issues);
}
