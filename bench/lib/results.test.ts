import { describe, expect, it } from 'vitest';
import { merged, type Result, withTable } from './results.ts';

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

describe('the table of a page', () => {
  const results = [
    { ...result('reads', 200, '2026-01-02T10:00:00Z'), floor: 400, ratio: 0.5, target: 0.3 },
    { ...result('memory', 120, '2026-01-03T10:00:00Z'), unit: 'MB', target: 100, better: 'lower' as const },
    result('shown', 1, '2026-01-03T11:00:00Z'),
  ];
  const page = 'Before\n\n<!-- npm run bench -- --table -->\nold\n<!-- /bench -->\n\nAfter\n';

  it('stands between its marks, with floor, ratio, target and verdict, and is the same when written again', () => {
    const written = withTable(page, { machine: 'm', versions: { node: 'v24', postgres: '18' }, results });
    const cells = written
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells.slice(2).map((row) => row.slice(1, 7))).toEqual([
      ['reads', '200 /s', '400 /s', '0.50×', '≥ 0.3×', 'met'],
      ['memory', '120 MB', '', '', '≤ 100 MB', 'missed'],
      ['shown', '1 /s', '', '', '', '–'],
    ]);
    expect(written).toMatch(/^Before\n[\s\S]*2026-01-02 to 2026-01-03\.[\s\S]*\nAfter\n$/);
    expect(written).not.toContain('old');
    expect(withTable(written, { machine: 'm', versions: { node: 'v24', postgres: '18' }, results })).toBe(written);
  });

  it('is not written where there are no marks', () => {
    expect(() => withTable('Page', { machine: 'm', versions: {}, results })).toThrow('needs a line');
  });
});
