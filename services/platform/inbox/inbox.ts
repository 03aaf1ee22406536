import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { webhooksReceived } from '../events.ts';

/** What a provider has sent, after its signature was found to be right. */
export interface Delivery {
  /** Unique within the source, the same for a repeated delivery: the provider's event id, else a hash. */
  readonly key: string;
  readonly type: string;
  readonly payload: object;
}

export interface Receipt {
  /** The provider, or the integration that it stands for. */
  readonly source: string;
  readonly auth: 'signature' | 'static' | 'token';
  readonly deliveries: readonly Delivery[];
}

export interface Received {
  readonly id: string;
  readonly key: string;
  readonly type: string;
  readonly payload: unknown;
  readonly receivedAt: Date;
}

/**
 * Keeps deliveries until they are worked off, each once, however often it comes: what has a row was received, and may be
 * acknowledged once the transaction has committed. One event tells of all that are new; work them off in a reaction to
 * `webhooksReceived` of this source. Answers the keys of those that are new.
 */
export async function receive(ctx: Ctx, { source, auth, deliveries }: Receipt): Promise<ReadonlySet<string>> {
  const byKey = new Map(deliveries.map((delivery) => [delivery.key, delivery]));
  if (byKey.size === 0) return new Set();
  const rows = [...byKey.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, type, payload }) => ({ key, type, payload }));
  const { rows: stored } = await sql<{ id: string; key: string }>`
    insert into webhook_inbox (organization_id, source, event_key, event_type, auth, payload, received_at)
    select ${ctx.organizationId}, ${source}, key, type, ${auth}, payload, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(key text, type text, payload jsonb)
    order by key
    on conflict (organization_id, source, event_key) do nothing
    returning id, event_key as key`.execute(ctx.tx);
  const ids = stored.map((row) => row.id);
  if (ids.length > 0) await emit(ctx, webhooksReceived, { entityId: null, data: { source, ids } });
  return new Set(stored.map((row) => row.key));
}

/** Those of the rows that are not worked off yet, in the order in which they came, held until the transaction ends. */
export async function takeReceived(ctx: Ctx, ids: readonly string[]): Promise<Received[]> {
  const { rows } = await sql<Received>`
    select id, event_key as key, event_type as type, payload, received_at as "receivedAt" from webhook_inbox
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[]) and processed_at is null
    order by id for no key update`.execute(ctx.tx);
  return rows;
}

/** Marks rows as worked off and lets go of what they said: it may hold what people have said. */
export async function settleReceived(ctx: Ctx, outcomes: ReadonlyMap<string, string>): Promise<void> {
  const rows = [...outcomes].map(([id, outcome]) => ({ id, outcome }));
  if (rows.length === 0) return;
  await sql`
    update webhook_inbox i set processed_at = ${ctx.now}::timestamptz, outcome = row.outcome, payload = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(id uuid, outcome text)
    where i.organization_id = ${ctx.organizationId} and i.id = row.id`.execute(ctx.tx);
}

/** Providers repeat a delivery for three days at most; a month is plenty to know one again. */
const KEPT_DAYS = 30;
const BATCH = 5_000;

/** Deletes rows of all organizations that were worked off a month ago. @param platformDb pool of the platform role */
export async function purgeInbox(platformDb: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  for (let deleted = 0; ; ) {
    const { numAffectedRows } = await sql`
      delete from webhook_inbox where (organization_id, id) in (
        select organization_id, id from webhook_inbox where processed_at < ${before}
        order by processed_at limit ${BATCH}::integer)`.execute(platformDb);
    deleted += Number(numAffectedRows ?? 0n);
    if (Number(numAffectedRows ?? 0n) < BATCH) return deleted;
  }
}
