import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Filter } from '../../../domain/core/filter.rules.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import { API_KEY_FIELDS } from '../../../domain/platform/api-key-fields.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { defineFilter, filterCondition, orderOf, searchCondition } from '../../core/filter.ts';
import { readPage } from '../../core/page.ts';

export interface ApiKeyView {
  id: string;
  name: string;
  /** The visible beginning of the current secret. */
  prefix: string;
  scopes: string[];
  status: 'active' | 'revoked' | 'expired';
  /** The owner; null for keys of the setup, which belong to nobody. */
  userId: string | null;
  userEmail: string | null;
  /** Requests per hour of its own; null takes the general limit. */
  rateLimit: number | null;
  requestCount: number;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** Until then a secret from before a rotation works as well. */
  previousKeyExpiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** A key past its time is expired whether or not the job that notes it has run. */
const statusAt = (now: Date) => sql`
  case when k.status = 'active' and k.expires_at <= ${now} then 'expired' else k.status end`;

const columnsAt = (now: Date) => sql`
  k.id, k.name, k.prefix, k.scopes, ${statusAt(now)} as status, k.user_id as "userId", u.email as "userEmail",
  k.rate_limit_per_hour as "rateLimit", k.request_count as "requestCount", k.last_used_at as "lastUsedAt",
  k.expires_at as "expiresAt", k.revoked_at as "revokedAt", k.created_at as "createdAt", k.updated_at as "updatedAt",
  k.version, (
    select max(s.expires_at) from api_key_previous_secrets s
    where s.organization_id = k.organization_id and s.api_key_id = k.id and s.expires_at > ${now}
  ) as "previousKeyExpiresAt"`;

const FROM = sql`
  api_keys k left join users u on u.organization_id = k.organization_id and u.id = k.user_id`;

/** @throws AppError not_found. */
export async function readApiKey(ctx: Ctx, id: string): Promise<ApiKeyView> {
  const { rows } = await sql<ApiKeyView>`
    select ${columnsAt(ctx.now)} from ${FROM}
    where k.organization_id = ${ctx.organizationId} and k.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The API key');
  return rows[0];
}

/** @throws AppError not_found. */
export const getApiKey = verb(
  { permission: 'api_keys.manage' },
  (ctx, input: { id: string }): Promise<ApiKeyView> => readApiKey(ctx, input.id),
);

const k = (column: string) => sql.ref(`k.${column}`);

const filterAt = (now: Date) =>
  defineFilter(API_KEY_FIELDS, {
    id: k('id'),
    name: k('name'),
    prefix: k('prefix'),
    status: statusAt(now),
    scopes: k('scopes'),
    userId: k('user_id'),
    requestCount: k('request_count'),
    lastUsedAt: k('last_used_at'),
    expiresAt: k('expires_at'),
    createdAt: k('created_at'),
  });

export interface ListApiKeysInput {
  page: number;
  limit: number;
  sort: readonly SortKey[];
  status?: ApiKeyView['status'] | undefined;
  filter?: Filter | undefined;
  q?: string | undefined;
}

export const listApiKeys = verb({ permission: 'api_keys.manage' }, async (ctx, input: ListApiKeysInput) => {
  const table = filterAt(ctx.now);
  const byStatus = input.status ? sql`${statusAt(ctx.now)} = ${input.status}` : sql`true`;
  const condition = await filterCondition(ctx, table, input.filter);
  const { rows, total } = await readPage(input, async (limit, offset) => {
    const page = await sql<ApiKeyView & { total: number }>`
      select ${columnsAt(ctx.now)}, count(*) over ()::integer as total from ${FROM}
      where k.organization_id = ${ctx.organizationId} and ${byStatus} and ${condition} and ${searchCondition(table, input.q)}
      order by ${orderOf(table, input.sort, sql`k.id`)} limit ${limit}::integer offset ${offset}::bigint`.execute(
      ctx.tx,
    );
    return page.rows;
  });
  return { items: rows.map(({ total: _, ...row }): ApiKeyView => row), total };
});
