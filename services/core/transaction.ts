import { CompiledQuery, sql } from 'kysely';
import { COMMIT_READER } from '../../schema/connection-pool.ts';
import { type Db, onOneConnection } from '../../schema/db.ts';
import { type Ctx, letGo, type Scope } from './context.ts';
import { teamLimits, teamRefusal } from './team-limits.ts';

// These frame every request.
const COMMIT = CompiledQuery.raw('commit');
const END_OF_READING = CompiledQuery.raw(COMMIT_READER);
const ROLLBACK = CompiledQuery.raw('rollback');
const ORGANIZATION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One message for all: nothing of a unit of work can run without its organization and limits. They end with it. */
function beginFor({ organizationId, principal }: Scope, readOnly: boolean | undefined): CompiledQuery {
  if (!ORGANIZATION_ID.test(organizationId)) throw new Error('An organization is named by its id.');
  const limits = teamLimits(principal).map(([name, value]) => `; set local ${name} = '${value}'`);
  return CompiledQuery.raw(
    `begin${readOnly ? ' read only' : ''}; set local app.organization_id = '${organizationId}'${limits.join('')}`,
  );
}

/** 23505 is a race too: the row that came first is visible to the repetition, which can answer properly. */
const REPEATABLE = new Set(['40001', '40P01', '23505']);

export interface TransactionOptions {
  /** A reader's commit decides nothing, so its answer need not wait for it. */
  readOnly?: boolean;
}

/** Races are short, but where many make the same records one unit may lose several in a row, each to somebody else. */
const MAX_ATTEMPTS = 6;
/** From the second repetition on those who race stand apart: none of them holds a connection meanwhile. */
const LONGEST_PAUSE_MS = [0, 10, 20, 40, 80];

/**
 * Runs one unit of work for one organization. Nothing but the database is awaited inside, so the whole unit may be
 * repeated when it lost a race (serialization failure, deadlock, unique key).
 */
export async function inTransaction<T>(
  db: Db,
  scope: Scope,
  work: (ctx: Ctx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt(db, scope, work, options);
    } catch (error) {
      const isRace = REPEATABLE.has(sqlStateOf(error) ?? '');
      if (number === MAX_ATTEMPTS || !isRace) throw teamRefusal(error) ?? error;
      const pauseMs = Math.random() * LONGEST_PAUSE_MS[number - 1]!;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function attempt<T>(db: Db, scope: Scope, work: (ctx: Ctx) => Promise<T>, options: TransactionOptions): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  onOneConnection(db, async (tx) => {
    // Sent ahead of the first statement of the work, not waited for: one round trip less. Should it fail, row-level
    // security shows nothing and lets nothing be written.
    const begun = tx.executeQuery(beginFor(scope, options.readOnly));
    const underWay: Promise<unknown>[] = [begun];
    begun.catch(() => {});
    try {
      const value = await work({ ...scope, tx, commandIds: [], underWay });
      if (options.readOnly) {
        await begun;
        // The connection goes back only after the commit, but a reader's answer does not depend on it.
        resolve(value);
        await tx.executeQuery(END_OF_READING);
      } else {
        await tx.executeQuery(COMMIT);
        await begun;
        // What failed in a part that was taken back is no failure of the whole; any other one has failed the commit, be it
        // Postgres or the connection that refused it.
        await Promise.allSettled(underWay);
      }
      return value;
    } catch (error) {
      // A connection that is gone has rolled back already.
      await tx.executeQuery(ROLLBACK).catch(() => {});
      throw await causeOf(error, underWay);
    }
  }).then(resolve, reject);
  return promise;
}

/** After a statement has failed Postgres refuses all others: told is the one that nobody was waiting for. */
async function causeOf(error: unknown, underWay: readonly Promise<unknown>[]): Promise<unknown> {
  if (sqlStateOf(error) !== '25P02') return error;
  const failed = (await Promise.allSettled(underWay)).find(({ status }) => status === 'rejected');
  return failed?.status === 'rejected' ? failed.reason : error;
}

/**
 * A part of a unit of work that may fail alone. What it let go has been carried out when it ends.
 * @throws what failed in it first, when all of it has been taken back
 */
export async function inSavepoint<T>(ctx: Ctx, part: (ctx: Ctx) => Promise<T>): Promise<T> {
  const own = { ...ctx, underWay: [] as Promise<unknown>[] };
  await letGo(ctx, sql`savepoint part`.execute(ctx.tx));
  try {
    const value = await part(own);
    await Promise.all(own.underWay);
    await letGo(ctx, sql`release savepoint part`.execute(ctx.tx));
    return value;
  } catch (error) {
    const cause = await causeOf(error, own.underWay);
    await sql`rollback to savepoint part`.execute(ctx.tx);
    await sql`release savepoint part`.execute(ctx.tx);
    throw cause;
  }
}

/** What `first` has asked for before it waits is carried out before all of `rest`, which does not wait for its answer. */
export function inOrder<A, B>(first: Promise<A>, rest: () => Promise<B>): Promise<[A, B]> {
  return Promise.all([first, rest()]);
}

/** Thrown where a unit of work finds that it raced another one: it is run again from the start. */
export const retryTransaction = (why: string): Error => Object.assign(new Error(why), { code: '40001' });

/** The SQLSTATE of a Postgres error, else undefined. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
