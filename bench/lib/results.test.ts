import { describe, expect, it } from 'vitest';
import { merged, type Result } from './results.ts';

const result = (name: string, value: number, date: string): Result & { date: string } => ({
  date,
  name,
  value,
  unit: '/s',
  floor: null,
  ratio: null,
  target: null,
  better: 'higher',
});
const file = (results: (Result & { date: string })[], machine = 'm', node = 'v24') => ({
  machine,
  versions: { node },
  results,
});

describe('the file of results', () => {
  it('keeps the rows that a run did not measure, each with its date', () => {
    const before = file([result('a', 1, 'monday'), result('b', 2, 'monday')]);
    const now = file([result('b', 3, 'tuesday'), result('c', 4, 'tuesday')]);
    expect(merged(before, now).map(({ name, value, date }) => [name, value, date])).toEqual([
      ['a', 1, 'monday'],
      ['b', 3, 'tuesday'],
      ['c', 4, 'tuesday'],
    ]);
  });

  it('forgets what another machine or other versions have shown', () => {
    const before = file([result('a', 1, 'monday')]);
    const now = [result('b', 2, 'tuesday')];
    expect(merged(before, file(now, 'other'))).toEqual(now);
    expect(merged(before, file(now, 'm', 'v25'))).toEqual(now);
    expect(merged(null, file(now))).toEqual(now);
  });
});
