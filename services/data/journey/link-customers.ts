import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { retryTransaction } from '../../core/transaction.ts';

/**
 * Makes several canonical records one person: the others point straight at the record with the earliest fact (ties:
 * the smallest identifier). Links are effective-dated by transaction, facts are never rewritten.
 */
export async function linkCustomers(ctx: Ctx, canonicalIds: readonly string[], reason: string): Promise<void> {
  // Two transactions that join overlapping groups would otherwise leave a chain instead of a star.
  await sql`
    select id from customers
    where organization_id = ${ctx.organizationId} and id = any(${sql.val(canonicalIds)}::uuid[])
    order by id for no key update`.execute(ctx.tx);
  const winner = await earliest(ctx, canonicalIds);
  const losers = canonicalIds.filter((id) => id !== winner);
  const { rows } = await sql<{ customer_id: string }>`
    update identity_links set ended_xid = pg_current_xact_id()
    where organization_id = ${ctx.organizationId} and canonical_id = any(${sql.val(losers)}::uuid[])
      and ended_xid is null
    returning customer_id`.execute(ctx.tx);
  const members = rows.map((row) => row.customer_id);
  await sql`
    insert into identity_links (organization_id, customer_id, canonical_id, reason)
    select ${ctx.organizationId}, id, ${winner}, ${reason}
    from unnest(${sql.val([...losers, ...members])}::uuid[]) as id`.execute(ctx.tx);
}

async function earliest(ctx: Ctx, canonicalIds: readonly string[]): Promise<string> {
  const { rows } = await sql<{ id: string; linked: boolean }>`
    select candidate.id,
           exists (select from identity_links l where l.organization_id = ${ctx.organizationId}
                   and l.customer_id = candidate.id and l.ended_xid is null) as linked
    from unnest(${sql.val(canonicalIds)}::uuid[]) as candidate(id)
    cross join lateral (
      select least(
        (select min(i.started_at) from interactions i
         where i.organization_id = ${ctx.organizationId} and i.customer_id = candidate.id),
        (select min(c.occurred_at) from conversions c
         where c.organization_id = ${ctx.organizationId} and c.customer_id = candidate.id)) as first_fact_at
    ) facts
    cross join lateral (
      select min(type || ':' || value) as smallest from customer_identifiers i
      where i.organization_id = ${ctx.organizationId} and i.customer_id = candidate.id
    ) named
    order by facts.first_fact_at nulls last, named.smallest, candidate.id`.execute(ctx.tx);
  // A record that stopped being canonical while we waited for the lock belongs to another star by now.
  if (rows.some((row) => row.linked)) throw retryTransaction('records were linked concurrently');
  return rows[0]!.id;
}
