import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letGo, SYSTEM_PRINCIPAL } from '../services/core/context.ts';
import { inTransaction } from '../services/core/transaction.ts';
import { createOrganization, createTestDatabase, type TestDatabase } from '../test/http/harness.ts';
import { createDb, createSql, type Db } from './db.ts';

let database: TestDatabase;
let organizationId: string;
let client: postgres.Sql<{ bigint: number }>;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  organizationId = (await createOrganization(database)).organizationId;
  client = createSql({ url: database.url, max: 2, name: 'pool', role: 'revloop_app' });
  db = createDb(client);
});
afterAll(async () => {
  await client.end({ timeout: 1 });
  await database.drop();
});

const scope = () => ({ organizationId, principal: SYSTEM_PRINCIPAL, now: new Date() });
const addVendor = (tx: Db, code: string) => tx.insertInto('vendors').values({ code, name: code }).execute();
const backendOf = async (tx: Db) =>
  (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)).rows[0]!.pid;
const vendors = async () =>
  (await database.owner<{ code: string }[]>`select code from vendors order by code`).map(({ code }) => code);

describe('a connection', () => {
  it('lost in the middle of a unit of work fails it whole, and nobody else meets its statements', async () => {
    const broken = inTransaction(db, scope(), async (ctx) => {
      await addVendor(ctx.tx, 'before');
      await database.owner`select pg_terminate_backend(${await backendOf(ctx.tx)})`;
      await sleep(100);
      // Meanwhile another unit of work opens a connection of its own.
      await inTransaction(db, scope(), (other) => addVendor(other.tx, 'other'));
      await addVendor(ctx.tx, 'after');
    });
    await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    expect(await vendors()).toEqual(['other']);
    await inTransaction(db, scope(), (ctx) => addVendor(ctx.tx, 'recovered'));
    expect(await vendors()).toEqual(['other', 'recovered']);
  });

  it('lost again and again, under load, never costs more than the requests that used it', async () => {
    let stop = false;
    const killer = (async () => {
      while (!stop) {
        await database.owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pool'`;
        await sleep(10);
      }
    })();
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        await sleep(n * 2);
        return inTransaction(db, scope(), (ctx) => addVendor(ctx.tx, `load-${n}`)).then(
          () => true,
          () => false,
        );
      }),
    );
    stop = true;
    await killer;
    await sleep(50);
    await inTransaction(db, scope(), (ctx) => addVendor(ctx.tx, 'zz-last'));
    const written = (await vendors()).filter((code) => code.startsWith('load-')).length;
    // An answer that was lost on the way back may belong to a commit; a success never to a rollback.
    expect(written).toBeGreaterThanOrEqual(outcomes.filter(Boolean).length);
    expect((await vendors()).at(-1)).toBe('zz-last');
  });

  it.each([
    ['a value that is none', undefined],
    ['a moment that is none', new Date(Number.NaN)],
  ])(
    'refuses %s, also of a write that nobody waits for, and goes on with the next unit of work',
    async (_name, value) => {
      const known = await vendors();
      for (const isAwaited of [true, false]) {
        const broken = inTransaction(db, scope(), async (ctx) => {
          const first = addVendor(ctx.tx, 'under way');
          const second = sql`select ${value}::text`.execute(ctx.tx);
          await letGo(ctx, second);
          await first;
          if (isAwaited) await second;
        });
        await expect(broken).rejects.toMatchObject({ code: 'UNUSABLE_PARAMETER' });
      }
      expect(await vendors()).toEqual(known);
      const readers = Array.from({ length: 4 }, () => inTransaction(db, scope(), (ctx) => backendOf(ctx.tx)));
      expect(new Set(await Promise.all(readers)).size).toBe(2);
    },
  );

  it('is out of reach for a statement that comes after its unit of work', async () => {
    let leaked: Db | undefined;
    await inTransaction(db, scope(), async ({ tx }) => {
      leaked = tx;
    });
    await expect(addVendor(leaked!, 'straggler')).rejects.toMatchObject({ code: 'CONNECTION_RELEASED' });
  });

  it('that is not free in time is refused as busy, and serves the next one afterwards', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holders = gates.map((gate) => inTransaction(db, scope(), () => gate.promise));
    await sleep(50);
    await expect(inTransaction(db, scope(), backend)).rejects.toMatchObject({ code: 'POOL_TIMEOUT' });
    for (const gate of gates) gate.resolve();
    await Promise.all(holders);
    await expect(inTransaction(db, scope(), backend)).resolves.toBeGreaterThan(0);
    function backend(ctx: { tx: Db }) {
      return backendOf(ctx.tx);
    }
  });
});
