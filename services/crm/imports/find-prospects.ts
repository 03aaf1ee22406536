import { sql } from 'kysely';
import type { ProspectRow } from '../../../domain/crm/prospect.input.ts';
import type { Ctx } from '../../core/context.ts';
import type { Candidate } from './store-prospects.ts';

/** `field id` of every reference that rows name and that is there. */
export async function existingReferences(ctx: Ctx, rows: readonly ProspectRow[]): Promise<Set<string>> {
  const tables = { accountId: 'accounts', ownerId: 'users', teamId: 'teams' } as const;
  const named = (field: keyof typeof tables) => [...new Set(rows.flatMap((row) => row[field] ?? []))];
  const parts = (Object.keys(tables) as (keyof typeof tables)[]).flatMap((field) =>
    named(field).length === 0
      ? []
      : [
          sql`
            select ${field}::text || ' ' || id::text as key from ${sql.table(tables[field])}
            where organization_id = ${ctx.organizationId} and deleted_at is null
              and id = any(${sql.val(named(field))}::uuid[])`,
        ],
  );
  if (parts.length === 0) return new Set();
  const { rows: found } = await sql<{ key: string }>`${sql.join(parts, sql` union all `)}`.execute(ctx.tx);
  return new Set(found.map((row) => row.key));
}

/** Index of a row → the prospect that it means, held until the transaction ends; the oldest where several have a number. */
export async function findExisting(ctx: Ctx, candidates: readonly Candidate[]): Promise<Map<number, string>> {
  const keys = candidates.flatMap(({ index, match }) =>
    match ? [{ index, ...match, id: match.by === 'id' ? match.value : null }] : [],
  );
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ index: number; id: string }>`
    with key as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as key(index integer, by text, value text, id uuid)),
    found as (
      select distinct on (index) index, id from (
        select key.index, p.id, p.created_at from key
        join prospects p on p.organization_id = ${ctx.organizationId} and p.deleted_at is null
          and p.email_lower = key.value
        where key.by = 'email'
        union all
        select key.index, p.id, p.created_at from key
        join prospects p on p.organization_id = ${ctx.organizationId} and p.deleted_at is null
          and p.phone_key = key.value
        where key.by = 'phone'
        union all
        select key.index, p.id, p.created_at from key
        join prospects p on p.organization_id = ${ctx.organizationId} and p.deleted_at is null
          and p.id = key.id
        where key.by = 'id') every
      order by index, created_at, id)
    select found.index, p.id from found
    join prospects p on p.organization_id = ${ctx.organizationId} and p.id = found.id
    order by p.id for no key update of p`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.index, row.id]));
}

/** Lower-cased address → the prospect that has it. */
export async function ownersOfEmails(ctx: Ctx, candidates: readonly Candidate[]): Promise<Map<string, string>> {
  const emails = candidates.flatMap(({ row, match }) =>
    row.email && match?.by !== 'email' ? [row.email.toLowerCase()] : [],
  );
  if (emails.length === 0) return new Map();
  const { rows } = await sql<{ email: string; id: string }>`
    select email_lower as email, id from prospects
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and email_lower = any(${sql.val(emails)}::text[])`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.email, row.id]));
}

/** Domain → account, for rows that name none. */
export async function accountsOfDomains(
  ctx: Ctx,
  inserts: readonly { candidate: Candidate }[],
): Promise<Map<string, string>> {
  const domains = [
    ...new Set(
      inserts.flatMap(({ candidate: { row } }) => (row.email && !row.accountId ? [domainOf(row.email)!] : [])),
    ),
  ];
  if (domains.length === 0) return new Map();
  const { rows } = await sql<{ domain: string; id: string }>`
    select domain_lower as domain, id from accounts
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and domain_lower = any(${sql.val(domains)}::text[])`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.domain, row.id]));
}

export const domainOf = (email: string): string | undefined => email.split('@')[1]?.toLowerCase();
