import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { normalizeIdentifier } from '../../../domain/data/identifier.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { type CustomerView, readCustomers } from './customer-view.ts';
import { findPerson } from './person.query.ts';

export interface FindCustomersInput extends PageInput {
  /** A value of any type. */
  identifier?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
}

/** A list without a filter does not count further than this. */
const COUNTED = 100_000;

/**
 * Persons, newest first; each once, whichever of its records has the identifier. Several filters must all hold.
 * @throws AppError validation for a phone or e-mail that is none.
 */
export const findCustomers = verb(
  { permission: 'analytics.journey.view' },
  async (ctx, input: FindCustomersInput): Promise<{ items: CustomerView[]; total: number }> => {
    const filters = await filtersOf(ctx, input);
    const { rows, total } = await readPage(input, (limit, offset) =>
      filters.length > 0 ? matching(ctx, filters, limit, offset) : newest(ctx, limit, offset),
    );
    const ids = rows.map((row) => row.id);
    return { items: await readCustomers(ctx, ids), total };
  },
);

/** What one filter may be in the table: type and value. */
type Filter = readonly { type: string | null; value: string }[];

async function filtersOf(ctx: Ctx, { identifier, phone, email }: FindCustomersInput): Promise<Filter[]> {
  if (identifier === undefined && phone === undefined && email === undefined) return [];
  const { default_phone_region: region } = await ctx.tx
    .selectFrom('organizations')
    .select('default_phone_region')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  const exact = (field: 'phone' | 'email', raw: string): Filter => {
    const result = normalizeIdentifier(field, raw, region);
    if (!result.ok) throw invalid(field, result.reason, raw);
    return [result.identifier];
  };
  const filters: Filter[] = [];
  if (phone !== undefined) filters.push(exact('phone', phone));
  if (email !== undefined) filters.push(exact('email', email));
  if (identifier !== undefined) {
    const typed = ['phone', 'email'].flatMap((type) => {
      const result = normalizeIdentifier(type, identifier, region);
      return result.ok ? [result.identifier] : [];
    });
    filters.push([...typed, { type: null, value: identifier.trim() }]);
  }
  return filters;
}

interface Found {
  id: string;
  total: number;
}

async function matching(ctx: Ctx, filters: readonly Filter[], limit: number, offset: number): Promise<Found[]> {
  const persons = filters.map(
    (filter) => sql`
      select coalesce(l.canonical_id, i.customer_id) as id
      from jsonb_to_recordset(${JSON.stringify(filter)}::jsonb) as wanted(type text, value text)
      join customer_identifiers i on i.organization_id = ${ctx.organizationId} and i.value = wanted.value
        and i.type = coalesce(wanted.type, i.type)
      left join identity_links l
        on l.organization_id = i.organization_id and l.customer_id = i.customer_id and l.ended_xid is null`,
  );
  const { rows } = await sql<Found>`
    select id, count(*) over ()::integer as total from (${sql.join(persons, sql` intersect `)}) person
    group by id order by id desc limit ${limit} offset ${offset}`.execute(ctx.tx);
  return rows;
}

async function newest(ctx: Ctx, limit: number, offset: number): Promise<Found[]> {
  const persons = sql`
    from customers c
    where c.organization_id = ${ctx.organizationId} and not exists (
      select from identity_links l
      where l.organization_id = c.organization_id and l.customer_id = c.id and l.ended_xid is null)`;
  const { rows } = await sql<Found>`
    select c.id, (select count(*)::integer from (select ${persons} limit ${COUNTED}::integer) counted) as total
    ${persons} order by c.id desc limit ${limit} offset ${offset}`.execute(ctx.tx);
  return rows;
}

export interface CustomerDetail extends CustomerView {
  /** Every record of the person, the one that stands for it first, with the reason it belongs here. */
  records: {
    id: string;
    createdAt: Date;
    linkedAt: Date | null;
    reason: string | null;
    mergeId: string | null;
    identifiers: { type: string; value: string }[];
  }[];
  /** Merges that hold today. */
  merges: { id: string; sourceId: string; targetId: string; reason: string | null; createdAt: Date }[];
}

/** The whole person, whichever of its records is named. @throws AppError not_found. */
export const getCustomer = verb(
  { permission: 'analytics.journey.view' },
  async (ctx, { customerId }: { customerId: string }): Promise<CustomerDetail> => {
    const person = await findPerson(ctx, customerId);
    const [customer] = await readCustomers(ctx, [person.canonicalId]);
    const { rows: records } = await sql<CustomerDetail['records'][number]>`
      select c.id, c.created_at as "createdAt", l.created_at as "linkedAt", l.reason, l.merge_id as "mergeId",
             coalesce((select jsonb_agg(jsonb_build_object('type', i.type, 'value', i.value) order by i.type, i.value)
                       from customer_identifiers i
                       where i.organization_id = c.organization_id and i.customer_id = c.id), '[]') as identifiers
      from customers c
      left join identity_links l
        on l.organization_id = c.organization_id and l.customer_id = c.id and l.ended_xid is null
      where c.organization_id = ${ctx.organizationId} and c.id = any(${sql.val(person.recordIds)}::uuid[])
      order by l.customer_id is not null, c.id`.execute(ctx.tx);
    const { rows: merges } = await sql<CustomerDetail['merges'][number]>`
      select id, source_id as "sourceId", target_id as "targetId", reason, created_at as "createdAt"
      from customer_merges
      where organization_id = ${ctx.organizationId} and source_id = any(${sql.val(person.recordIds)}::uuid[])
        and undone_at is null
      order by id`.execute(ctx.tx);
    return { ...customer!, records, merges };
  },
);
