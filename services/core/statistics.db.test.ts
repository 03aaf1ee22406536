import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { refreshStatistics } from './statistics.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('the statistics of large tables', () => {
  it('are those of all tables that the app role may analyze, or of the named ones', async () => {
    const tenant = await createTenant(database, 'Acme');
    const analyzed = async () => {
      const rows = await database.owner<{ name: string }[]>`
        select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples >= 0
          and relname in ('prospects', 'interactions', 'deals', 'uploads')
        order by 1`;
      return rows.map(({ name }) => name);
    };
    await database.owner`
      update pg_class set reltuples = -1 where relname in ('prospects', 'interactions', 'deals', 'uploads')`;
    await tenant.run((ctx) => refreshStatistics(ctx, ['prospects']));
    expect(await analyzed()).toEqual(['prospects']);
    await tenant.run((ctx) => refreshStatistics(ctx));
    expect(await analyzed()).toEqual(['deals', 'interactions', 'prospects']);
  });
});
