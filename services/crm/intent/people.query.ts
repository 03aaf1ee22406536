import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** `people` (ids of records that stand for persons) with all records of each: `record_id`, `person`. */
export const recordsOf = (ctx: Ctx, people: readonly string[]): RawBuilder<unknown> => sql`(
  select person as record_id, person from unnest(${sql.val([...people])}::uuid[]) person
  union
  select customer_id, canonical_id from identity_links
  where organization_id = ${ctx.organizationId} and canonical_id = any(${sql.val([...people])}::uuid[])
    and ended_xid is null)`;

/**
 * Whom the customer record knows of these persons: the oldest prospect of theirs and its company, else the company
 * whose domain their e-mail address has. Columns `person`, `prospect_id`, `account_id`, `identified`.
 */
export const knownPeople = (ctx: Ctx, people: readonly string[]): RawBuilder<unknown> => sql`(
  select r.person,
         (array_agg(p.id order by p.created_at, p.id) filter (where p.id is not null))[1] as prospect_id,
         coalesce((array_agg(p.account_id order by p.created_at, p.id) filter (where p.id is not null))[1],
                  (array_agg(a.id order by a.created_at, a.id) filter (where a.id is not null))[1]) as account_id,
         count(p.id) + count(i.value) > 0 as identified
  from ${recordsOf(ctx, people)} r
  left join prospects p on p.organization_id = ${ctx.organizationId} and p.customer_id = r.record_id
    and p.deleted_at is null
  left join customer_identifiers i on i.organization_id = ${ctx.organizationId} and i.customer_id = r.record_id
    and i.type not in ('device', 'cookie', 'session')
  left join accounts a on a.organization_id = ${ctx.organizationId} and i.type = 'email' and a.deleted_at is null
    and a.domain_lower = split_part(i.value, '@', 2)
  group by r.person)`;

export interface Behind {
  people: string[];
  /** Of rows that nobody is behind yet. */
  sessions: string[];
}

/** Who is behind rows that came in. */
export async function whoIsBehind(
  ctx: Ctx,
  table: 'website_page_views' | 'events' | 'interactions',
  ids: readonly string[],
): Promise<Behind> {
  const session = table === 'interactions' ? sql`null::text` : sql`f.session_id`;
  const { rows } = await sql<{ person: string | null; session: string | null }>`
    select distinct coalesce(l.canonical_id, f.customer_id) as person,
           case when f.customer_id is null then ${session} end as session
    from ${sql.table(table)} f
    left join identity_links l on l.organization_id = f.organization_id and l.customer_id = f.customer_id
      and l.ended_xid is null
    where f.organization_id = ${ctx.organizationId} and f.id = any(${sql.val([...ids])}::uuid[])`.execute(ctx.tx);
  return {
    people: rows.flatMap(({ person }) => person ?? []),
    sessions: rows.flatMap(({ session: id }) => id ?? []),
  };
}
