import { sql } from 'kysely';
import { normalizeIdentifier } from '../../../domain/data/identifier.rules.ts';
import type { Ctx } from '../../core/context.ts';

/** How the identity spine would write a prospect's address and number; null where it could not. */
export interface ContactKeys {
  emailKey: string | null;
  phoneKey: string | null;
}

export async function contactKeys(
  ctx: Ctx,
  given: { email: string | null; phone: string | null },
): Promise<ContactKeys> {
  return keysIn(given.phone === null ? 'US' : await phoneRegion(ctx), given);
}

/** As `contactKeys`, where the organization's region was read before. */
export function keysIn(region: string, given: { email: string | null; phone: string | null }): ContactKeys {
  const key = (type: 'email' | 'phone', raw: string | null): string | null => {
    const normalized = raw === null ? null : normalizeIdentifier(type, raw, region);
    return normalized?.ok ? normalized.identifier.value : null;
  };
  return { emailKey: key('email', given.email), phoneKey: key('phone', given.phone) };
}

export async function phoneRegion(ctx: Ctx): Promise<string> {
  const row = await ctx.tx
    .selectFrom('organizations')
    .select('default_phone_region')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  return row.default_phone_region;
}

/**
 * Points prospects at the customer record that holds their e-mail, else their phone. All prospects of `ids`, or those
 * without a customer whose identifiers now belong to one of `customerIds`. Answers how many were linked.
 */
export async function linkCustomers(
  ctx: Ctx,
  which: { prospectIds: readonly string[] } | { customerIds: readonly string[] },
): Promise<number> {
  const scope =
    'prospectIds' in which
      ? sql`p.id = any(${sql.val([...which.prospectIds])}::uuid[])`
      : sql`p.customer_id is null and i.customer_id = any(${sql.val([...which.customerIds])}::uuid[])`;
  const candidates = (type: 'email' | 'phone', rank: number) => sql`
    select p.id, i.customer_id, ${rank}::integer as rank
    from prospects p
    join customer_identifiers i
      on i.organization_id = p.organization_id and i.type = ${type} and i.value = p.${sql.raw(`${type}_key`)}
    where p.organization_id = ${ctx.organizationId} and p.deleted_at is null and ${scope}`;
  const { rows } = await sql`
    update prospects p set customer_id = found.customer_id
    from (
      select distinct on (id) id, customer_id
      from (${candidates('email', 0)} union all ${candidates('phone', 1)}) candidate
      order by id, rank) found
    where p.organization_id = ${ctx.organizationId} and p.id = found.id
      and p.customer_id is distinct from found.customer_id
    returning p.id`.execute(ctx.tx);
  return rows.length;
}

/** As `linkCustomers`, for the people of facts that came in. An event may carry fewer ids than it counts. */
export async function linkCustomersOfFacts(
  ctx: Ctx,
  table: 'interactions' | 'conversions' | 'events' | 'website_page_views',
  factIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...factIds])}::uuid[])
      and customer_id is not null`.execute(ctx.tx);
  if (rows.length > 0) await linkCustomers(ctx, { customerIds: rows.map((row) => row.id) });
}
