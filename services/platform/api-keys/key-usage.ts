import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';
import { SYSTEM_PRINCIPAL, verb } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import { type ApiKeyView, readApiKey } from './key-view.ts';

export interface KeyUse {
  readonly organizationId: string;
  readonly keyId: string;
  /** `GET /api/v1/prospects/{id}`. */
  readonly endpoint: string;
  readonly status: number;
  readonly at: Date;
}

export interface KeyUsageLog {
  /** Counts in memory; never awaits and never throws. */
  record(use: KeyUse): void;
  /** Adds to the tables what was counted since; kept for the next time when the database is away. */
  flush(): Promise<void>;
}

interface Count {
  organizationId: string;
  keyId: string;
  day: string;
  endpoint: string;
  requests: number;
  failed: number;
  limited: number;
  lastAt: number;
}

/** Rows that wait in memory at most; beyond it endpoints of a key are counted together, then not at all. */
const MOST_WAITING = 20_000;
export const OTHER_ENDPOINTS = 'other';

/** Days are UTC. Counts of the last seconds are lost with a process that is killed; statistics may be. */
export function createKeyUsageLog(db: Db, onError: (error: unknown) => void): KeyUsageLog {
  let waiting = new Map<string, Count>();

  function entry(use: Pick<KeyUse, 'organizationId' | 'keyId'>, day: string, endpoint: string): Count | undefined {
    const key = `${use.keyId} ${day} ${endpoint}`;
    const known = waiting.get(key);
    if (known) return known;
    if (waiting.size >= MOST_WAITING) {
      const isSecondTry = endpoint === OTHER_ENDPOINTS;
      return isSecondTry && waiting.size >= 2 * MOST_WAITING
        ? undefined
        : isSecondTry
          ? add()
          : entry(use, day, OTHER_ENDPOINTS);
    }
    return add();

    function add(): Count {
      const { organizationId, keyId } = use;
      const count = { organizationId, keyId, day, endpoint, requests: 0, failed: 0, limited: 0, lastAt: 0 };
      waiting.set(key, count);
      return count;
    }
  }

  function merge(count: Count): void {
    const target = entry(count, count.day, count.endpoint);
    if (!target) return;
    target.requests += count.requests;
    target.failed += count.failed;
    target.limited += count.limited;
    target.lastAt = Math.max(target.lastAt, count.lastAt);
  }

  return {
    record(use) {
      const { status, at, endpoint } = use;
      const count = entry(use, at.toISOString().slice(0, 10), endpoint);
      if (!count) return;
      count.requests++;
      if (status === 429) count.limited++;
      else if (status >= 400) count.failed++;
      count.lastAt = Math.max(count.lastAt, at.getTime());
    },
    async flush() {
      const batch = Map.groupBy(waiting.values(), (count) => count.organizationId);
      waiting = new Map();
      for (const [organizationId, counts] of batch) {
        await store(db, organizationId, counts).catch((error: unknown) => {
          for (const count of counts) merge(count);
          onError(error);
        });
      }
    },
  };
}

async function store(db: Db, organizationId: string, counts: readonly Count[]): Promise<void> {
  // Sorted, so that two processes that add to the same rows do not wait for each other in a circle.
  const sorted = counts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rows = sorted.map(({ lastAt, ...count }) => ({ ...count, lastAt: new Date(lastAt).toISOString() }));
  const now = new Date(Math.max(...counts.map(({ lastAt }) => lastAt)));
  await inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now }, async (ctx) => {
    const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c("keyId" uuid, day date, endpoint text,
      requests bigint, failed bigint, limited bigint, "lastAt" timestamptz)`;
    await sql`
      update api_keys k set request_count = k.request_count + c.requests, last_used_at = greatest(k.last_used_at, c.at)
      from (select "keyId", sum(requests) as requests, max("lastAt") as at from ${given} group by 1 order by 1) c
      where k.organization_id = ${organizationId} and k.id = c."keyId"`.execute(ctx.tx);
    await sql`
      insert into api_key_usage as u (api_key_id, day, endpoint, requests, failed, limited)
      select c."keyId", c.day, c.endpoint, c.requests, c.failed, c.limited from ${given}
      where exists (select from api_keys k where k.organization_id = ${organizationId} and k.id = c."keyId")
      on conflict (organization_id, api_key_id, day, endpoint) do update
        set requests = u.requests + excluded.requests, failed = u.failed + excluded.failed,
            limited = u.limited + excluded.limited`.execute(ctx.tx);
  });
}

const keyOf = ({ keyId, day, endpoint }: Count): string => `${keyId} ${day} ${endpoint}`;

export interface ApiKeyUsage {
  keyId: string;
  name: string;
  requestCount: number;
  lastUsedAt: Date | null;
  rateLimit: number | null;
  startDate: string;
  endDate: string;
  requests: number;
  failed: number;
  rateLimitHits: number;
  days: { date: string; requests: number; failed: number; rateLimitHits: number }[];
  endpoints: { endpoint: string; requests: number; failed: number; rateLimitHits: number }[];
}

export interface ApiKeyUsageInput {
  id: string;
  /** UTC days, both inclusive; the last 30 by default. */
  startDate?: string | undefined;
  endDate?: string | undefined;
}

const DAY_MS = 86_400_000;
const MOST_ENDPOINTS = 100;

/** Days without a request are left out. @throws AppError not_found. */
export const getApiKeyUsage = verb(
  { permission: 'api_keys.manage' },
  async (ctx, { id, startDate, endDate }: ApiKeyUsageInput): Promise<ApiKeyUsage> => {
    const key: ApiKeyView = await readApiKey(ctx, id);
    const last = endDate ?? ctx.now.toISOString().slice(0, 10);
    const first = startDate ?? new Date(Date.parse(last) - 29 * DAY_MS).toISOString().slice(0, 10);
    const sums = sql`'requests', sum(requests), 'failed', sum(failed), 'rateLimitHits', sum(limited)`;
    const { rows } = await sql<Pick<ApiKeyUsage, 'requests' | 'failed' | 'rateLimitHits' | 'days' | 'endpoints'>>`
      with used as (
        select * from api_key_usage
        where organization_id = ${ctx.organizationId} and api_key_id = ${id} and day between ${first}::date and ${last}::date)
      select coalesce(sum(requests), 0)::bigint as requests, coalesce(sum(failed), 0)::bigint as failed,
             coalesce(sum(limited), 0)::bigint as "rateLimitHits",
        coalesce((select jsonb_agg(d.entry order by d.day) from (
          select day, jsonb_build_object('date', day, ${sums}) as entry from used group by day) d), '[]') as days,
        coalesce((select jsonb_agg(e.entry order by e.requests desc, e.endpoint) from (
          select endpoint, sum(requests) as requests, jsonb_build_object('endpoint', endpoint, ${sums}) as entry
          from used group by endpoint order by 2 desc, 1 limit ${MOST_ENDPOINTS}::integer) e), '[]') as endpoints
      from used`.execute(ctx.tx);
    const { name, requestCount, lastUsedAt, rateLimit } = key;
    return { keyId: id, name, requestCount, lastUsedAt, rateLimit, startDate: first, endDate: last, ...rows[0]! };
  },
);
