import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, createSql } from '../../schema/db.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { type Ctx, letGo } from './context.ts';
import { inSavepoint, inTransaction, retryTransaction, sqlStateOf } from './transaction.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('a unit of work', () => {
  it('has its organization set from its very first statement on, on every connection of the pool', async () => {
    const tenants = [await createTenant(database), await createTenant(database), await createTenant(database)];
    const seen = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const { organizationId, scope } = tenants[index % tenants.length]!;
        return inTransaction(
          database.app,
          scope,
          async (ctx) => {
            // Built and run by the query builder, whose way to the connection differs from that of raw statements.
            const rows = await ctx.tx.selectFrom('organizations').select('id').execute();
            const { rows: raw } = await sql<{ isolated: boolean }>`
              select pg_current_xact_id_if_assigned() is null as isolated, now() <> clock_timestamp() as x`.execute(
              ctx.tx,
            );
            return rows.map((row) => row.id === organizationId).concat(raw.length === 1);
          },
          { readOnly: index % 2 === 0 },
        );
      }),
    );
    expect(seen.every((flags) => flags.length === 2 && flags.every(Boolean))).toBe(true);
  });

  it('leaves nothing of its organization on the connection', async () => {
    const tenant = await createTenant(database);
    await tenant.run((ctx) => ctx.tx.selectFrom('organizations').select('id').execute());
    const results = await Promise.all(
      Array.from({ length: 20 }, () => database.app.selectFrom('organizations').select('id').execute()),
    );
    expect(results.flat()).toEqual([]);
  });

  it('is all or nothing', async () => {
    const tenant = await createTenant(database);
    const failing = tenant.run(async (ctx) => {
      await ctx.tx.insertInto('vendors').values({ code: 'a', name: 'A' }).execute();
      throw new Error('half-way');
    });
    await expect(failing).rejects.toThrow('half-way');
    expect(await tenant.run((ctx) => ctx.tx.selectFrom('vendors').select('id').execute())).toEqual([]);
  });

  it('refuses to write when it was declared to read only', async () => {
    const tenant = await createTenant(database);
    const writing = inTransaction(
      database.app,
      tenant.scope,
      (ctx) => ctx.tx.insertInto('vendors').values({ code: 'a', name: 'A' }).execute(),
      { readOnly: true },
    );
    await expect(writing).rejects.toMatchObject({ code: '25006' });
  });

  it('that read only has ended soon, and whoever comes next on its connection has a transaction of its own', async () => {
    const tenants = [await createTenant(database), await createTenant(database)];
    const client = createSql({ url: database.url, max: 1, name: 'one-connection', role: 'revloop_app' });
    const db = createDb(client);
    const read = (tenant: TestTenant) =>
      inTransaction(db, tenant.scope, (ctx) => ctx.tx.selectFrom('organizations').select('id').execute(), {
        readOnly: true,
      });
    for (const tenant of [...tenants, ...tenants]) expect(await read(tenant)).toEqual([{ id: tenant.organizationId }]);
    // Right behind the reader: a statement without a unit of work sees nothing, a writer may write.
    expect(await db.selectFrom('organizations').select('id').execute()).toEqual([]);
    await read(tenants[0]!);
    const { scope } = tenants[1]!;
    await inTransaction(db, scope, (ctx) => ctx.tx.insertInto('vendors').values({ code: 'w', name: 'W' }).execute());
    await read(tenants[0]!);
    const states = () => database.owner<{ state: string }[]>`
      select state from pg_stat_activity where application_name = 'one-connection'`;
    await expect.poll(async () => (await states()).map(({ state }) => state), { timeout: 2_000 }).toEqual(['idle']);
    await client.end({ timeout: 1 });
  });

  it('is not told to be committed when it went on after a statement that failed', async () => {
    const tenant = await createTenant(database);
    const careless = tenant.run(async (ctx) => {
      await ctx.tx.insertInto('vendors').values({ code: 'c', name: 'C' }).execute();
      await sql`select 1 / 0`.execute(ctx.tx).catch(() => {});
      return 'stored';
    });
    await expect(careless).rejects.toMatchObject({ code: '25P02' });
    expect(await tenant.run((ctx) => ctx.tx.selectFrom('vendors').select('id').execute())).toEqual([]);
  });

  it('lets a write go ahead that later statements see, and fails as it does: at the next statement and at the commit', async () => {
    const tenant = await createTenant(database);
    const vendor = (ctx: Ctx, code: string) =>
      letGo(ctx, ctx.tx.insertInto('vendors').values({ code, name: code }).execute());
    const seen = await tenant.run(async (ctx) => {
      void vendor(ctx, 'a');
      void vendor(ctx, 'b');
      return ctx.tx.selectFrom('vendors').select('code').orderBy('code').execute();
    });
    expect(seen).toEqual([{ code: 'a' }, { code: 'b' }]);
    for (const then of [(ctx: Ctx) => ctx.tx.selectFrom('vendors').select('id').execute(), async () => 'stored']) {
      const failing = tenant.run<unknown>(async (ctx) => {
        await vendor(ctx, 'c');
        await letGo(ctx, sql`select 1 / 0`.execute(ctx.tx));
        return then(ctx);
      });
      await expect(failing).rejects.toMatchObject({ code: '22012' });
    }
    expect(await tenant.run((ctx) => ctx.tx.selectFrom('vendors').select('code').execute())).toHaveLength(2);
  });

  it('goes on after a part of it that failed, by a write that nobody waited for as well', async () => {
    const tenant = await createTenant(database);
    const told = await tenant.run(async (ctx) => {
      const part = inSavepoint(ctx, async (own) => {
        await letGo(own, own.tx.insertInto('vendors').values({ code: 'lost', name: 'L' }).execute());
        await letGo(own, sql`select 1 / 0`.execute(own.tx));
      });
      const error = await part.catch(sqlStateOf);
      await inSavepoint(ctx, (own) =>
        letGo(own, own.tx.insertInto('vendors').values({ code: 'k', name: 'K' }).execute()),
      );
      return error;
    });
    expect(told).toBe('22012');
    expect(await tenant.run((ctx) => ctx.tx.selectFrom('vendors').select('code').execute())).toEqual([{ code: 'k' }]);
  });

  it('is repeated when it lost a race, at most six times in all', async () => {
    const tenant = await createTenant(database);
    let attempts = 0;
    const lucky = await tenant.run(async () => {
      attempts += 1;
      if (attempts < 3) throw retryTransaction('lost');
      return 'won';
    });
    expect([lucky, attempts]).toEqual(['won', 3]);
    attempts = 0;
    const unlucky = tenant.run(async () => {
      attempts += 1;
      throw retryTransaction('lost');
    });
    await expect(unlucky).rejects.toMatchObject({ code: '40001' });
    expect(attempts).toBe(6);
  });
});
