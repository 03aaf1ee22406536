import { sql } from 'kysely';
import { type AppError, conflict } from '../../domain/core/errors.ts';
import type { Db } from '../../schema/db.ts';
import { type Ctx, letGo } from './context.ts';
import { sqlStateOf } from './transaction.ts';
import { unnestRows } from './unnest.ts';

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

/** `null`: the key is this transaction's; a stored answer: replay it; an error: tell the caller. */
export type ClaimOutcome = StoredAnswer | AppError | null;

/**
 * Takes keys for this transaction, one statement for all. A concurrent request with the same key waits here until
 * the first one ends; a rollback frees the key.
 * @param claims with different keys
 * @returns one outcome per claim, in order
 * @throws AppError conflict `IDEMPOTENCY_IN_PROGRESS` when one of them is held for longer than 5 s.
 */
export async function claimIdempotencyKeys(ctx: Ctx, claims: readonly IdempotencyClaim[]): Promise<ClaimOutcome[]> {
  if (claims.length === 0) return [];
  const taken = await insertKeys(ctx, claims);
  const others = claims.filter((claim) => !taken.has(claim.key));
  const rows = new Map((others.length > 0 ? await findKeys(ctx, others) : []).map((row) => [row.key, row]));
  const outcomes: ClaimOutcome[] = [];
  for (const claim of claims) {
    const row = rows.get(claim.key);
    if (taken.has(claim.key)) outcomes.push(null);
    else if (row && row.expires_at > ctx.now) outcomes.push(replayOf(row, claim));
    else outcomes.push(row && (await takeOverExpired(ctx, claim)) ? null : inProgress());
  }
  return outcomes;
}

/**
 * Only looks: for endpoints that do something dear before their transaction, which a repeated request must not do again.
 * Null: nobody has used the key.
 */
export async function findReplay(ctx: Ctx, claim: IdempotencyClaim): Promise<ClaimOutcome> {
  const [row] = await findKeys(ctx, [claim]);
  return row && row.expires_at > ctx.now ? replayOf(row, claim) : null;
}

async function insertKeys(ctx: Ctx, claims: readonly IdempotencyClaim[]): Promise<Set<string>> {
  const rows = claims.map(({ key, fingerprint, operationId }) => ({
    key,
    fingerprint: fingerprint.toString('hex'),
    operation_id: operationId,
  }));
  try {
    // The setting rides along: a round trip of its own would cost more than the insert. Sorted against deadlocks.
    const inserted = await sql<{ key: string }>`
      insert into idempotency_keys (key, fingerprint, operation_id, expires_at)
      select key, decode(fingerprint, 'hex'), operation_id, ${expiry(ctx)}::timestamptz
      from ${unnestRows({ key: 'text', fingerprint: 'text', operation_id: 'text' }, rows)}
      where set_config('lock_timeout', ${LOCK_TIMEOUT}, true) is not null
      order by key
      on conflict (organization_id, key) do nothing
      returning key`.execute(ctx.tx);
    return new Set(inserted.rows.map((row) => row.key));
  } catch (error) {
    if (sqlStateOf(error) === LOCK_NOT_AVAILABLE) throw inProgress();
    throw error;
  }
}

const expiry = (ctx: Ctx): Date => new Date(ctx.now.getTime() + LIFE_MS);

const findKeys = (ctx: Ctx, claims: readonly IdempotencyClaim[]) =>
  ctx.tx
    .selectFrom('idempotency_keys')
    .select(['key', 'fingerprint', 'status', 'body', 'etag', 'location', 'expires_at'])
    .where(
      'key',
      'in',
      claims.map((claim) => claim.key),
    )
    .execute();

type KeyRow = Awaited<ReturnType<typeof findKeys>>[number];

function replayOf(row: KeyRow, claim: IdempotencyClaim): StoredAnswer | AppError {
  if (!claim.fingerprint.equals(row.fingerprint)) {
    return conflict('IDEMPOTENCY_CONFLICT', 'This Idempotency-Key was used for a different request.', {
      hint: 'Use a new key for a new request, or send the first request unchanged.',
    });
  }
  if (row.status === null) return inProgress();
  if (row.body === null) {
    return conflict('REPLAY_UNAVAILABLE', 'The request succeeded before; its answer held a secret and is not kept.', {
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

/** Keeps answers beside the business rows, in their transaction. */
export async function storeAnswers(ctx: Ctx, answers: ReadonlyMap<string, StoredAnswer>): Promise<void> {
  if (answers.size === 0) return;
  const rows = [...answers].map(([key, answer]) => ({ key, ...answer }));
  const write = sql`
    update idempotency_keys k
    set status = row.status, body = row.body, etag = row.etag, location = row.location
    from ${unnestRows({ key: 'text', status: 'smallint', body: 'text', etag: 'text', location: 'text' }, rows)}
    where k.organization_id = ${ctx.organizationId} and k.key = row.key`.execute(ctx.tx);
  await letGo(ctx, write);
}

/** Gives back keys of requests that were refused: a corrected one may use them. */
export async function releaseIdempotencyKeys(ctx: Ctx, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await ctx.tx.deleteFrom('idempotency_keys').where('key', 'in', keys).execute();
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
