import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

export interface Person {
  /** The record that stands for the person. */
  canonicalId: string;
  /** All records of the person, the canonical one included. */
  recordIds: string[];
}

/** The person that a record belongs to today. @throws AppError not_found. */
export async function findPerson(ctx: Ctx, customerId: string): Promise<Person> {
  const { rows } = await sql<Person>`
    select named.canonical_id as "canonicalId",
           array_prepend(named.canonical_id, array(
             select member.customer_id from identity_links member
             where member.organization_id = ${ctx.organizationId} and member.canonical_id = named.canonical_id
               and member.ended_xid is null order by member.customer_id)) as "recordIds"
    from (
      select coalesce(link.canonical_id, c.id) as canonical_id
      from customers c
      left join identity_links link
        on link.organization_id = c.organization_id and link.customer_id = c.id and link.ended_xid is null
      where c.organization_id = ${ctx.organizationId} and c.id = ${customerId}
    ) named`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The customer');
  return rows[0];
}
