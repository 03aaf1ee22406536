import { randomUUID } from 'node:crypto';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres from 'postgres';
import { describe, expect, inject, it } from 'vitest';
import { populate } from '../test/schema/populate.ts';
import { MIGRATIONS } from './migrations/index.ts';

async function inOldDatabase<T>(
  version: string,
  work: (sql: postgres.Sql, upgrade: () => Promise<void>) => Promise<T>,
) {
  const serverUrl = inject('postgresUrl');
  const at = (database: string) => Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(at('postgres'), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const sql = postgres(at(name), { max: 1, onnotice: () => {} });
  const db = new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: sql }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const done = ({ error }: { error?: unknown }) => {
    if (error) throw error;
  };
  try {
    done(await migrator.migrateTo(version));
    return await work(sql, async () => done(await migrator.migrateToLatest()));
  } finally {
    await db.destroy();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  }
}

type Rows = Map<string, Record<string, unknown>[]>;

async function allRows(sql: postgres.Sql, tables?: Iterable<string>): Promise<Rows> {
  const names =
    tables ??
    (
      await sql<{ name: string }[]>`
        select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and c.relname not like 'kysely%'`
    ).map(({ name }) => name);
  const rows: Rows = new Map();
  for (const name of names) {
    const found = await sql.unsafe<{ row: Record<string, unknown> }[]>(`select to_jsonb(t) as row from "${name}" t`);
    rows.set(
      name,
      found.map(({ row }) => row),
    );
  }
  return rows;
}

// From 0010 on: it replaced the results of attribution by ones that every run computes anew.
describe('the migrations', () => {
  it.each(['0012_insight_runs', '0029_service_mail'])(
    'bring a database of version %s with a row in every table to the newest schema, and every value stays',
    async (version) => {
      await inOldDatabase(version, async (sql, upgrade) => {
        const refused = await populate(sql);
        expect(Object.fromEntries(refused), 'Give these tables values in test/schema/populate.ts').toEqual({});
        const before = await allRows(sql);
        expect([...before].filter(([, rows]) => rows.length === 0).map(([name]) => name)).toEqual([]);
        await upgrade();
        const after = await allRows(sql, before.keys());
        for (const [name, rows] of before) {
          const kept = after.get(name)!;
          expect([name, kept.length >= rows.length]).toEqual([name, true]);
          for (const row of rows) {
            const old = Object.entries(row);
            const same = kept.some((one) =>
              old.every(([column, value]) => JSON.stringify(one[column]) === JSON.stringify(value)),
            );
            expect([name, same, same ? null : row]).toEqual([name, true, null]);
          }
        }
      });
    },
    60_000,
  );
});
