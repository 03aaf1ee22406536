import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFilter, type Filter, type FilterFields } from '../../domain/core/filter.rules.ts';
import { passesFilter } from '../../domain/core/filter-evaluate.rules.ts';
import { opsOf, VALUE_COUNT } from '../../domain/core/filter-ops.rules.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { compileFilter, defineFilter, orderOf, searchCondition, withCustomFields } from './filter.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.owner.unsafe(`
    create table filter_rows (
      id integer primary key, name text, status text, score double precision, amount numeric, is_open boolean,
      started_at timestamptz, due_on date, owner_id uuid, tags text[], custom jsonb);
    create table filter_children (row_id integer, kind text, at timestamptz, weight double precision);
    grant select on filter_rows, filter_children to revloop_app`);
});
afterAll(() => database?.drop());

const CUSTOM = {
  'custom.budget': { type: 'number' },
  'custom.level': { type: 'text' },
  'custom.vip': { type: 'boolean' },
  'custom.renewal': { type: 'date' },
  'custom.labels': { type: 'text[]' },
} as const satisfies FilterFields;

const BASE = defineFilter(
  {
    name: { type: 'text', search: true, sortable: true, nullable: true },
    status: { type: 'enum', values: ['open', 'won', 'lost'], nullable: true },
    score: { type: 'number', sortable: true, nullable: true },
    amount: { type: 'money' },
    isOpen: { type: 'boolean' },
    startedAt: { type: 'timestamp' },
    dueOn: { type: 'date' },
    ownerId: { type: 'uuid' },
    tags: { type: 'text[]' },
    children: {
      type: 'relation',
      fields: { kind: { type: 'text' }, at: { type: 'timestamp' }, weight: { type: 'number' } },
    },
  },
  {
    name: sql.ref('r.name'),
    status: sql.ref('r.status'),
    score: sql.ref('r.score'),
    amount: sql.ref('r.amount'),
    isOpen: sql.ref('r.is_open'),
    startedAt: sql.ref('r.started_at'),
    dueOn: sql.ref('r.due_on'),
    ownerId: sql.ref('r.owner_id'),
    tags: sql.ref('r.tags'),
    children: {
      from: sql`filter_children c`,
      on: sql`c.row_id = r.id`,
      columns: { kind: sql.ref('c.kind'), at: sql.ref('c.at'), weight: sql.ref('c.weight') },
    },
  },
);
const TABLE = withCustomFields(BASE, CUSTOM, sql.ref('r.custom'));

const CLOCKS = ['UTC', 'America/New_York', 'Asia/Kolkata'].map((timeZone) => ({
  now: new Date('2026-03-09T15:00:00Z'),
  timeZone,
}));

// Few different values, so that conditions meet rows often; among them the ones that patterns could misread.
const text = fc.constantFrom('', 'a', 'A', 'ab', 'a%', 'a_b', 'b\\', "it's", 'x, (y)', ' a', 'Ärger', 'ä', '日本');
const number = fc.constantFrom(-1, 0, 0.1, 0.3, 1, 2.5, 1e15);
const money = fc.constantFrom('0', '0.10', '0.1', '99.99', '-5', '123456789012345678.25', '123456789012345678.26');
const uuid = fc.constantFrom('00000000-0000-0000-0000-000000000001', 'abcdefab-0000-7000-8000-000000000002');
const hour = fc.integer({ min: -96, max: 72 }).map((hours) => new Date(CLOCKS[0]!.now.getTime() + hours * 3_600_000));
const day = fc
  .integer({ min: -6, max: 5 })
  .map((days) => new Date(Date.UTC(2026, 2, 9 + days)).toISOString().slice(0, 10));
const moment = fc.oneof(
  day,
  hour.map((at) => at.toISOString()),
  fc.constantFrom('now', 'now-36h', 'now+1d', 'today', 'today-1d', 'today+2d'),
);
const span = fc.constantFrom('12h', '1d', '3d', '1w');
const tags = fc.array(fc.constantFrom('a', 'b', "c'd"), { maxLength: 3 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 });
const custom = orNull(
  fc.record(
    {
      budget: fc.oneof(number, text, fc.constant(null)),
      level: fc.oneof(text, number),
      vip: fc.oneof(fc.boolean(), fc.constant('true')),
      renewal: fc.oneof(day, fc.constantFrom('2026-02-30', 'soon', 5)),
      labels: fc.oneof(tags, fc.constantFrom<unknown>('a', ['a', 1])),
    },
    { requiredKeys: [] },
  ),
);

const row = fc.record({
  name: orNull(text),
  status: orNull(fc.constantFrom('open', 'won', 'lost')),
  score: orNull(number),
  amount: orNull(money),
  isOpen: orNull(fc.boolean()),
  startedAt: orNull(hour),
  dueOn: orNull(day),
  ownerId: orNull(uuid),
  tags: orNull(tags),
  custom,
  children: fc.array(fc.record({ kind: orNull(text), at: orNull(hour), weight: orNull(number) }), { maxLength: 3 }),
});

const VALUES: Record<string, fc.Arbitrary<string | number | boolean>> = {
  text,
  'text[]': fc.constantFrom('a', 'b', "c'd", 'z'),
  enum: fc.constantFrom('open', 'won', 'lost'),
  number,
  money,
  boolean: fc.boolean(),
  uuid,
  timestamp: moment,
  date: fc.oneof(day, fc.constantFrom('today', 'today-2d', 'today+1d')),
};

function condition(fields: FilterFields): fc.Arbitrary<unknown> {
  const ofField = ([field, { type }]: [string, FilterFields[string]]) =>
    fc.constantFrom(...opsOf(type)).chain((op): fc.Arbitrary<unknown> => {
      if (type === 'relation') {
        const inner = condition((fields[field] as { fields: FilterFields }).fields);
        const where = fc.option(fc.oneof(inner, fc.record({ not: inner })), { nil: undefined });
        const atLeast =
          op === 'has' ? fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }) : fc.constant(undefined);
        return fc.record({ field: fc.constant(field), op: fc.constant(op), where, atLeast });
      }
      const isSpan = op === 'within_last' || op === 'within_next';
      const isPattern = op === 'contains' || op === 'starts_with' || op === 'ends_with' || op === 'not_contains';
      const plain = isSpan ? (type === 'date' ? fc.constantFrom('1d', '3d', '1w') : span) : VALUES[type]!;
      const one = isPattern ? plain.filter((value) => value !== '') : plain;
      const count = VALUE_COUNT[op];
      if (count === 'none') return fc.constant({ field, op });
      if (count === 'one') return one.map((value) => ({ field, op, value }));
      const length = count === 'two' ? { minLength: 2, maxLength: 2 } : { minLength: 1, maxLength: 3 };
      return fc.array(one, length).map((value) => ({ field, op, value }));
    });
  return fc.constantFrom(...Object.entries(fields)).chain(ofField);
}

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition(TABLE.fields),
    fc.record({ and: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
}));

async function store(rows: readonly (Record<string, unknown> & { children: readonly object[] })[]): Promise<void> {
  const { owner } = database;
  await owner`truncate filter_rows, filter_children`;
  await owner.unsafe(
    `insert into filter_rows
     select id, name, status, score, amount, "isOpen", "startedAt", "dueOn", "ownerId", tags, custom
     from jsonb_to_recordset($1::text::jsonb) as r(id integer, name text, status text, score double precision, amount numeric,
       "isOpen" boolean, "startedAt" timestamptz, "dueOn" date, "ownerId" uuid, tags text[], custom jsonb)`,
    [JSON.stringify(rows.map((one, id) => ({ id, ...one })))],
  );
  await owner.unsafe(
    `insert into filter_children select * from jsonb_to_recordset($1::text::jsonb)
       as c(row_id integer, kind text, at timestamptz, weight double precision)`,
    [JSON.stringify(rows.flatMap((one, id) => one.children.map((child) => ({ row_id: id, ...child }))))],
  );
}

async function idsOf(filter: Filter, clock: (typeof CLOCKS)[number]): Promise<number[]> {
  const where = compileFilter(TABLE, filter, clock);
  const { rows } = await sql<{ id: number }>`select r.id from filter_rows r where ${where} order by r.id`.execute(
    database.app,
  );
  return rows.map(({ id }) => id);
}

describe('a compiled filter', () => {
  it('finds the rows that the pure evaluation of the same tree lets pass, for random trees over random rows', async () => {
    const [rows] = fc.sample(fc.array(row, { minLength: 150, maxLength: 150, size: 'max' }), { numRuns: 1, seed: 7 });
    await store(rows!);
    let found = 0;
    await fc.assert(
      fc.asyncProperty(tree, fc.constantFrom(...CLOCKS), async (given, clock) => {
        const filter = checkFilter(TABLE.fields, JSON.parse(JSON.stringify(given)));
        const expected = rows!.flatMap((one, id) => (passesFilter(TABLE.fields, filter, one, clock) ? [id] : []));
        const actual = await idsOf(filter, clock);
        found += actual.length > 0 && actual.length < rows!.length ? 1 : 0;
        expect(actual).toEqual(expected);
      }),
      { numRuns: 600 },
    );
    // Trees that find all or nothing would prove little.
    expect(found).toBeGreaterThan(200);
  });

  it('treats every value as a parameter', () => {
    const nasty = "'); drop table filter_rows; --";
    const filter = checkFilter(TABLE.fields, {
      or: [
        { field: 'name', op: 'eq', value: nasty },
        { field: 'name', op: 'contains', value: nasty },
        { field: 'tags', op: 'contains', value: nasty },
        { field: 'custom.level', op: 'in', value: [nasty] },
      ],
    });
    const compiled = sql`select 1 from filter_rows r where ${compileFilter(TABLE, filter, CLOCKS[0]!)}`.compile(
      database.app,
    );
    expect(compiled.sql).not.toContain('drop');
    expect(compiled.parameters.flat().filter((value) => String(value).includes('drop'))).toHaveLength(4);
  });

  it('searches for all words and sorts absent values last in both directions', async () => {
    const none = {
      status: null,
      amount: null,
      isOpen: null,
      startedAt: null,
      dueOn: null,
      ownerId: null,
      tags: null,
      custom: null,
      children: [],
    };
    const named = [
      ['Ada Lovelace', 1],
      ['ada%', null],
      [null, 3],
      ['Lovelace, ADA', 2],
    ] as const;
    await store(named.map(([name, score]) => ({ ...none, name, score })));
    const find = async (q: string | undefined, sort: { field: string; descending: boolean }[]) => {
      const { rows } = await sql<{ id: number }>`
        select r.id from filter_rows r where ${searchCondition(TABLE, q)} order by ${orderOf(TABLE, sort, sql`r.id`)}`.execute(
        database.app,
      );
      return rows.map(({ id }) => id);
    };
    expect(await find('ada love', [{ field: 'score', descending: false }])).toEqual([0, 3]);
    expect(await find('a%', [])).toEqual([1]);
    expect(await find(undefined, [{ field: 'score', descending: false }])).toEqual([0, 3, 2, 1]);
    expect(await find(undefined, [{ field: 'score', descending: true }])).toEqual([2, 3, 0, 1]);
  });

  it('has a column for every field of its allow-list', () => {
    expect(() => defineFilter({ name: { type: 'text' } }, {} as never)).toThrow('The filter field name has no column.');
  });
});
