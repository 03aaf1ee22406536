import { sql } from 'kysely';
import { ENRICHMENT_FIELDS, type EnrichmentField } from '../../../domain/crm/enrichment.rules.ts';
import { audit } from '../../core/audit.ts';
import { startProcess } from '../../core/commands.ts';
import type { Ctx } from '../../core/context.ts';
import { actingUser } from '../activities/log-activity.ts';

export interface EnrichmentWish {
  prospectIds?: readonly string[] | undefined;
  accountIds?: readonly string[] | undefined;
  /** Default: all that a provider may know. */
  fields?: readonly EnrichmentField[] | undefined;
}

/** The request, its records, and the process that carries it out. Answers its id. */
export async function openRequest(
  ctx: Ctx,
  source: 'prospect_created' | 'prospect' | 'account' | 'api',
  { prospectIds = [], accountIds = [], fields = ENRICHMENT_FIELDS }: EnrichmentWish,
): Promise<string> {
  const { id } = await ctx.tx
    .insertInto('enrichment_requests')
    .values({ source, fields: [...fields], requested_by: actingUser(ctx) })
    .returning('id')
    .executeTakeFirstOrThrow();
  const people = sql.val([...new Set(prospectIds)]);
  await sql`
    insert into enrichment_targets (request_id, prospect_id, account_id)
    select ${id}::uuid, t.prospect_id, t.account_id from (
      select unnest(${people}::uuid[]) as prospect_id, null::uuid as account_id
      union all
      select null, unnest(${sql.val([...new Set(accountIds)])}::uuid[])) t`.execute(ctx.tx);
  await sql`
    update prospects set enrichment_status = 'pending', enrichment_reason = null
    where organization_id = ${ctx.organizationId} and id = any(${people}::uuid[])`.execute(ctx.tx);
  await audit(ctx, 'enrichment.request', {
    entityType: 'enrichment_request',
    entityId: id,
    after: { source, prospects: prospectIds.length, accounts: accountIds.length },
  });
  await startProcess(ctx, 'enrichment', { entityId: id }, { organizationId: ctx.organizationId, requestId: id });
  return id;
}
