import { sql } from 'kysely';
import { conflict } from '../../domain/core/errors.ts';
import type { Db } from '../../schema/db.ts';
import type { Ctx } from './context.ts';
import { sqlStateOf } from './transaction.ts';

/** An answer as it left, so that a replay is equal to the byte. A body that carried a secret is null. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string | null;
  readonly etag: string | null;
  readonly location: string | null;
}

export interface IdempotencyClaim {
  readonly key: string;
  /** Hash of what was asked; the same key with another one is a mistake of the caller. */
  readonly fingerprint: Buffer;
  readonly operationId: string;
}

const LIFE_MS = 24 * 3_600_000;
const LOCK_TIMEOUT = '5s';
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Takes the key for this transaction, or returns the answer that was stored under it. A concurrent request with the
 * same key waits here until the first one ends; a rollback frees the key.
 * @throws AppError conflict for another request under the same key, or when the first one takes longer than 5 s.
 */
export async function claimIdempotencyKey(ctx: Ctx, claim: IdempotencyClaim): Promise<StoredAnswer | null> {
  // Twice: the row that stood in the way may expire or be purged between the two statements.
  for (let attempt = 0; attempt < 2; attempt++) {
    if (await insertKey(ctx, claim)) return null;
    const row = await findKey(ctx, claim.key);
    if (row && row.expires_at > ctx.now) return replayOf(row, claim);
    if (row && (await takeOverExpired(ctx, claim))) return null;
  }
  throw inProgress();
}

async function insertKey(ctx: Ctx, { key, fingerprint, operationId }: IdempotencyClaim): Promise<boolean> {
  try {
    // The setting rides along: a round trip of its own would cost more than the insert.
    const { rows } = await sql`
      insert into idempotency_keys (key, fingerprint, operation_id, expires_at)
      select ${key}, ${fingerprint}, ${operationId}, ${expiry(ctx)}::timestamptz
      where set_config('lock_timeout', ${LOCK_TIMEOUT}, true) is not null
      on conflict (organization_id, key) do nothing
      returning key`.execute(ctx.tx);
    return rows.length > 0;
  } catch (error) {
    if (sqlStateOf(error) === LOCK_NOT_AVAILABLE) throw inProgress();
    throw error;
  }
}

const expiry = (ctx: Ctx): Date => new Date(ctx.now.getTime() + LIFE_MS);

const findKey = (ctx: Ctx, key: string) =>
  ctx.tx
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'status', 'body', 'etag', 'location', 'expires_at'])
    .where('key', '=', key)
    .executeTakeFirst();

type KeyRow = NonNullable<Awaited<ReturnType<typeof findKey>>>;

function replayOf(row: KeyRow, claim: IdempotencyClaim): StoredAnswer {
  if (!claim.fingerprint.equals(row.fingerprint)) {
    throw conflict('IDEMPOTENCY_CONFLICT', 'This Idempotency-Key was used for a different request.', {
      hint: 'Use a new key for a new request, or send the first request unchanged.',
    });
  }
  if (row.status === null) throw inProgress();
  if (row.body === null) {
    throw conflict('REPLAY_UNAVAILABLE', 'The request succeeded before; its answer held a secret and is not kept.', {
      hint: 'Read the resource, or create a new one under a new Idempotency-Key.',
    });
  }
  return { status: row.status, body: row.body, etag: row.etag, location: row.location };
}

async function takeOverExpired(ctx: Ctx, { key, fingerprint, operationId }: IdempotencyClaim): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('idempotency_keys')
    .set({
      fingerprint,
      operation_id: operationId,
      status: null,
      body: null,
      etag: null,
      location: null,
      expires_at: expiry(ctx),
    })
    .where('key', '=', key)
    .where('expires_at', '<=', ctx.now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Keeps the answer beside the business rows, in their transaction. */
export async function storeAnswer(ctx: Ctx, key: string, answer: StoredAnswer): Promise<void> {
  await ctx.tx
    .updateTable('idempotency_keys')
    .set({ ...answer })
    .where('key', '=', key)
    .execute();
}

const inProgress = () =>
  conflict('IDEMPOTENCY_IN_PROGRESS', 'A request with this Idempotency-Key is still being worked on.', {
    hint: 'Send it again in a few seconds to receive its answer.',
    retryAfterSeconds: 5,
  });

const PURGE_BATCH = 10_000;

/** Deletes expired keys of all organizations, in batches. @param platformDb pool of the platform role. */
export async function purgeExpiredKeys(platformDb: Db, now: Date): Promise<number> {
  for (let deleted = 0; ; ) {
    const { numAffectedRows } = await sql`
      delete from idempotency_keys where (organization_id, key) in (
        select organization_id, key from idempotency_keys where expires_at <= ${now}
        order by expires_at limit ${PURGE_BATCH})`.execute(platformDb);
    deleted += Number(numAffectedRows ?? 0n);
    if ((numAffectedRows ?? 0n) < BigInt(PURGE_BATCH)) return deleted;
  }
}
