import { describe, expect, it } from 'vitest';
import { AppError } from './errors.ts';
import { checkFilter, type FilterFields, namesDays, readFilter } from './filter.rules.ts';
import { passesFilter } from './filter-evaluate.rules.ts';
import { formatFilter } from './filter-text.rules.ts';
import { localDay, momentOf, spanOf, startOfDay } from './filter-time.rules.ts';
import { readSort } from './sort.rules.ts';

const FIELDS = {
  channel: { type: 'text', search: true, sortable: true },
  startedAt: { type: 'timestamp', sortable: true },
  dueOn: { type: 'date' },
  amount: { type: 'money' },
  score: { type: 'number' },
  isOpen: { type: 'boolean' },
  status: { type: 'enum', values: ['open', 'won', 'lost'] },
  ownerId: { type: 'uuid' },
  tags: { type: 'text[]' },
  'custom.favouriteColor': { type: 'text' },
  activities: { type: 'relation', fields: { type: { type: 'text' }, occurredAt: { type: 'timestamp' } } },
} as const satisfies FilterFields;

const CLOCK = { now: new Date('2026-03-10T15:00:00Z'), timeZone: 'America/New_York' };

function issuesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError)
      return (error.extras.issues ?? []).map(({ field, message }) => `${field} ${message}`);
    throw error;
  }
  return [];
}

describe('the compact form of a filter', () => {
  it('reads conditions side by side as an and, in either casing, with typed values', () => {
    expect(
      readFilter(FIELDS, "eq(channel,call),gte(started_at,now-30d),in(status,open,won),eq(channel,'a, ''b'' (c)')"),
    ).toEqual({
      and: [
        { field: 'channel', op: 'eq', value: 'call' },
        { field: 'startedAt', op: 'gte', value: 'now-30d' },
        { field: 'status', op: 'in', value: ['open', 'won'] },
        { field: 'channel', op: 'eq', value: "a, 'b' (c)" },
      ],
    });
    expect(readFilter(FIELDS, 'or(eq(isOpen,true),not(between(score,1,2.5)),eq(amount,99.90))')).toEqual({
      or: [
        { field: 'isOpen', op: 'eq', value: true },
        { not: { field: 'score', op: 'between', value: [1, 2.5] } },
        { field: 'amount', op: 'eq', value: '99.90' },
      ],
    });
  });

  it('reads relations with conditions of their own and a least number', () => {
    expect(readFilter(FIELDS, 'has_at_least(activities,3,and(eq(type,call),within_last(occurred_at,30d)))')).toEqual({
      field: 'activities',
      op: 'has',
      atLeast: 3,
      where: {
        and: [
          { field: 'type', op: 'eq', value: 'call' },
          { field: 'occurredAt', op: 'within_last', value: '30d' },
        ],
      },
    });
    expect(readFilter(FIELDS, 'has_none(activities)')).toEqual({ field: 'activities', op: 'has_none' });
  });

  it('is written so that reading it gives the same filter', () => {
    const texts = [
      'eq(channel,call)',
      "and(eq(channel,' x '),or(is_null(dueOn),in(status,open,won)),not(has(activities,eq(type,'it''s'))))",
      'has_at_least(activities,2,within_last(occurredAt,6mo))',
      'contains_all(tags,a,b)',
    ];
    for (const text of texts) {
      const filter = readFilter(FIELDS, text);
      expect(readFilter(FIELDS, formatFilter(filter))).toEqual(filter);
      expect(readFilter(FIELDS, JSON.stringify(filter))).toEqual(filter);
    }
  });

  it.each([
    ['', 'is empty'],
    ['channel', 'needs an operator with parentheses'],
    ['eq(channel,call', 'has no closing parenthesis'],
    ["eq(channel,'call)", 'not closed'],
    ['eq(channel,call))', 'something unexpected'],
    ['not(eq(channel,a),eq(channel,b))', 'exactly one'],
    ['eq()', 'needs a field first'],
    ['eq(channel,a,b)', 'more than one value'],
    ['{"and":', 'not valid JSON'],
    [`${'not('.repeat(40)}eq(channel,a)${')'.repeat(40)}`, 'nested deeper'],
    [`eq(channel,${'x'.repeat(9_000)})`, 'more than 8000 characters'],
  ])('refuses %j', (text, message) => {
    expect(issuesOf(() => readFilter(FIELDS, text))[0]).toContain(message);
  });
});

describe('a filter', () => {
  it('is refused with the path, the reason and what is allowed, all issues at once', () => {
    const tree = {
      and: [
        { field: 'chanel', op: 'eq', value: 'x' },
        { field: 'score', op: 'contains', value: 'x' },
        {
          or: [
            { field: 'status', op: 'eq', value: 'gone' },
            { field: 'ownerId', op: 'eq', value: '1' },
          ],
        },
        { field: 'activities', op: 'has', where: { field: 'channel', op: 'eq', value: 'x' } },
        { field: 'dueOn', op: 'within_last', value: '2h' },
        { field: 'startedAt', op: 'gt', value: '2026-02-30' },
        { field: 'channel', op: 'eq', value: 'a', extra: 1 },
        { nothing: true },
      ],
    };
    expect(issuesOf(() => checkFilter(FIELDS, tree, { names: 'snake' }))).toEqual([
      expect.stringMatching(
        /^filter\.and\.0\.field is not a field to filter by; allowed are channel, started_at, .*custom\.favouriteColor/,
      ),
      expect.stringMatching(/^filter\.and\.1\.op is not an operator for score; allowed are eq, ne, in/),
      'filter.and.2.or.0.value must be one of open, won, lost',
      'filter.and.2.or.1.value must be a UUID',
      'filter.and.3.where.field is not a field to filter by; allowed are type, occurred_at',
      expect.stringContaining('filter.and.4.value must be a time span like 30d'),
      expect.stringContaining('filter.and.5.value must be a time like'),
      'filter.and.6.extra is not a known key of a condition',
      expect.stringContaining('filter.and.7 must be {"and"'),
    ]);
  });

  it('has at most 100 parts, 8 levels and 500 values', () => {
    const leaf = { field: 'channel', op: 'eq', value: 'a' };
    expect(issuesOf(() => checkFilter(FIELDS, { or: Array(200).fill(leaf) }))).toEqual([
      'filter.or.99 has more than 100 parts',
    ]);
    let deep: object = leaf;
    for (let level = 0; level < 8; level++) deep = { not: deep };
    expect(issuesOf(() => checkFilter(FIELDS, deep))[0]).toContain('nested deeper than 8 levels');
    const many = { field: 'channel', op: 'in', value: Array(501).fill('a') };
    expect(issuesOf(() => checkFilter(FIELDS, many))[0]).toContain('more than 500 values');
  });

  it.each(['__proto__', 'constructor', 'toString', 'custom.__proto__'])('knows no field %s', (field) => {
    expect(issuesOf(() => checkFilter(FIELDS, { field, op: 'exists' }))[0]).toContain('is not a field');
  });

  it('knows whether it names days', () => {
    const of = (text: string) => namesDays(readFilter(FIELDS, text));
    expect(of('gte(started_at,now-3h)')).toBe(false);
    expect(of('not(has(activities,gte(occurred_at,2026-01-01)))')).toBe(true);
    expect(of('or(eq(channel,a),eq(started_at,today))')).toBe(true);
  });

  it('treats absent values as fulfilling negations alone', () => {
    const passes = (text: string) => passesFilter(FIELDS, readFilter(FIELDS, text), {}, CLOCK);
    expect(['ne(channel,a)', 'not_in(channel,a)', 'not_contains(tags,a)', 'is_null(tags)'].map(passes)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['eq(channel,a)', 'gt(score,1)', 'exists(tags)', 'not(ne(channel,a))'].map(passes)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('times in a filter', () => {
  it('make a day the range that it is where the organization is', () => {
    expect(momentOf('2026-03-10', CLOCK)).toEqual({
      start: Date.parse('2026-03-10T04:00:00Z'),
      end: Date.parse('2026-03-11T04:00:00Z'),
    });
    // 8 March 2026: clocks go forward in New York, and the day has 23 hours.
    const short = momentOf('today-2d', CLOCK);
    expect(short).toEqual({ start: Date.parse('2026-03-08T05:00:00Z'), end: Date.parse('2026-03-09T04:00:00Z') });
  });

  it('begin a day whose midnight is skipped at the change of the clocks', () => {
    // Beirut, 31 March 2024: 00:00 becomes 01:00.
    const start = startOfDay('2024-03-31', 'Asia/Beirut');
    expect(new Date(start).toISOString()).toBe('2024-03-30T22:00:00.000Z');
    expect(localDay(start - 1, 'Asia/Beirut')).toBe('2024-03-30');
  });

  it('end months on their last day', () => {
    const clock = { now: new Date('2026-03-31T10:00:00Z'), timeZone: 'UTC' };
    expect(new Date(spanOf('within_last', '1mo', clock)[0]).toISOString()).toBe('2026-02-28T10:00:00.000Z');
    expect(new Date(momentOf('now-1y', { ...clock, now: new Date('2024-02-29T00:00:00Z') }).start).toISOString()).toBe(
      '2023-02-28T00:00:00.000Z',
    );
  });

  it('read a plus that a query string has turned into a space', () => {
    expect(readFilter(FIELDS, 'lt(dueOn,today 7d)')).toEqual({ field: 'dueOn', op: 'lt', value: 'today 7d' });
    expect(momentOf('now 2h', CLOCK).start).toBe(CLOCK.now.getTime() + 7_200_000);
  });
});

describe('sorting', () => {
  it('takes up to three fields of the allow-list and names them otherwise', () => {
    expect(readSort(FIELDS, '-started_at,channel')).toEqual([
      { field: 'startedAt', descending: true },
      { field: 'channel', descending: false },
    ]);
    expect(issuesOf(() => readSort(FIELDS, 'amount'))[0]).toContain('sort must be one of channel, startedAt');
    expect(issuesOf(() => readSort(FIELDS, 'constructor'))[0]).toContain('sort must be one of');
  });
});
