import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { unnestRows } from './unnest.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

it('brings rows into a statement as they are, whatever characters stand in them', async () => {
  const texts = [
    'plain',
    '',
    'NULL',
    'null',
    '{a,b}',
    '"quoted"',
    'back\\slash\\',
    "it's",
    ' spaced ',
    'zwei\nZeilen',
    'ü😀',
    null,
  ];
  const rows = texts.map((text, index) => ({
    text,
    number: index === 3 ? undefined : index * 1.5,
    at: new Date(1_780_000_000_000 + index).toISOString(),
    json: JSON.stringify({ text }),
  }));
  const { rows: read } = await sql<Record<string, unknown>>`
    select text, number, at, json::jsonb as json
    from ${unnestRows({ text: 'text', number: 'double precision', at: 'timestamptz', json: 'text' }, rows)}`.execute(
    database.app,
  );
  expect(read).toEqual(
    rows.map(({ text, number, at }) => ({ text, number: number ?? null, at: new Date(at), json: { text } })),
  );
});

it('is an empty table for no rows', async () => {
  const { rows } = await sql`select * from ${unnestRows({ id: 'uuid' }, [])}`.execute(database.app);
  expect(rows).toEqual([]);
});
