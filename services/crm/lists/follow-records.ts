import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { followPeople } from './refresh-list.ts';

/** After deals changed: the place of their contacts in dynamic lists. */
export async function followPeopleOfDeals(ctx: Ctx, dealIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct prospect_id as id from deal_contacts
    where organization_id = ${ctx.organizationId} and deal_id = any(${sql.val([...dealIds])}::uuid[])`.execute(ctx.tx);
  await followPeople(
    ctx,
    rows.map((row) => row.id),
  );
}

/** After accounts changed: the place of their people in dynamic lists. */
export async function followPeopleOfAccounts(ctx: Ctx, accountIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from prospects
    where organization_id = ${ctx.organizationId} and account_id = any(${sql.val([...accountIds])}::uuid[])
      and deleted_at is null`.execute(ctx.tx);
  await followPeople(
    ctx,
    rows.map((row) => row.id),
  );
}
