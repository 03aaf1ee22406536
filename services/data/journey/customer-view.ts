import { sql } from 'kysely';
import { SESSION_TYPE } from '../../../domain/data/identifier.rules.ts';
import type { Ctx } from '../../core/context.ts';

export interface CustomerView {
  /** The record that stands for the person. */
  id: string;
  /** Other records of the same person. */
  linkedCustomerIds: string[];
  identifiers: { type: string; value: string }[];
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
  interactions: number;
  conversions: number;
  events: number;
  pageViews: number;
}

/** The persons that these canonical records stand for, in their order. Voided facts count nowhere. */
export async function readCustomers(ctx: Ctx, canonicalIds: readonly string[]): Promise<CustomerView[]> {
  if (canonicalIds.length === 0) return [];
  const seen = (table: string, column: string, voidable: boolean) => sql`
    select count(*) ${table === 'conversions' ? sql`filter (where refund_of is null)` : sql``}::integer as count, min(${sql.ref(column)}) as first_at, max(${sql.ref(column)}) as last_at
    from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and customer_id = any(person.record_ids)
      ${voidable ? sql`and voided_at is null` : sql``}`;
  const { rows } = await sql<CustomerView>`
    select person.id, person.linked_ids as "linkedCustomerIds",
           least(i.first_at, c.first_at, e.first_at, v.first_at) as "firstSeenAt",
           greatest(i.last_at, c.last_at, e.last_at, v.last_at) as "lastSeenAt",
           i.count as interactions, c.count as conversions, e.count as events, v.count as "pageViews",
           coalesce((select jsonb_agg(jsonb_build_object('type', type, 'value', value) order by type, value)
                     from customer_identifiers
                     where organization_id = ${ctx.organizationId} and customer_id = any(person.record_ids)
                       and type <> ${SESSION_TYPE}), '[]') as identifiers
    from (
      select wanted.id, wanted.position, linked.ids as linked_ids, array_prepend(wanted.id, linked.ids) as record_ids
      from unnest(${sql.val(canonicalIds)}::uuid[]) with ordinality as wanted(id, position)
      cross join lateral (
        select array(select l.customer_id from identity_links l
                     where l.organization_id = ${ctx.organizationId} and l.canonical_id = wanted.id
                       and l.ended_xid is null order by l.customer_id) as ids
      ) linked
    ) person
    cross join lateral (${seen('interactions', 'started_at', true)}) i
    cross join lateral (${seen('conversions', 'occurred_at', true)}) c
    cross join lateral (${seen('events', 'occurred_at', false)}) e
    cross join lateral (${seen('website_page_views', 'occurred_at', false)}) v
    order by person.position`.execute(ctx.tx);
  return rows;
}
