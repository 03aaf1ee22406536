import { describe, expect, it } from 'vitest';
import { DecimalSum } from './decimal.ts';
import { bar, createOutput, table } from './output.ts';

const sumOf = (...values: number[]): string => {
  const sum = new DecimalSum();
  for (const value of values) sum.add(value);
  return sum.toString();
};
function sink(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, write: (text: string) => written.push(text) };
}

describe('sums of amounts', () => {
  it('are exact where floating point is not', () => {
    expect(sumOf(0.1, 0.2)).toBe('0.30');
    expect(sumOf(3254.51, 1745.49)).toBe('5000.00');
    expect(sumOf(...Array.from({ length: 10_000 }, () => 0.001))).toBe('10.00');
  });

  it('know signs, whole numbers and exponents', () => {
    expect(sumOf()).toBe('0.00');
    expect(sumOf(-5, 2.5)).toBe('-2.50');
    expect(sumOf(1e-7)).toBe('0.0000001');
    expect(sumOf(1e21, 1)).toBe('1000000000000000000001.00');
  });
});

describe('progress', () => {
  it('is a bar on a terminal and a line per ten percent elsewhere', () => {
    const [terminal, log] = [sink(true), sink(false)];
    for (const stream of [terminal, log]) {
      const output = createOutput(sink(false), stream, false);
      for (let done = 0; done <= 20; done++) output.progress('Importing', done, 20);
      output.endProgress();
    }
    expect(terminal.written.at(-2)).toBe(`\r\x1b[KImporting [${'█'.repeat(28)}] 100 % (20 of 20)`);
    expect(terminal.written.at(-1)).toBe('\n');
    expect(log.written).toHaveLength(11);
    expect(log.written[5]).toBe('Importing 50 %\n');
  });

  it('counts when nobody knows the total', () => {
    expect(bar(12, null)).toBe('12');
    expect(bar(1, 3)).toContain('33 % (1 of 3)');
  });

  it('leaves stdout to the document when JSON is asked for', () => {
    const [stdout, stderr] = [sink(true), sink(true)];
    const output = createOutput(stdout, stderr, true);
    output.line('text');
    output.progress('Importing', 1, 2);
    output.document({ a: 1 });
    expect([stdout.written, stderr.written]).toEqual([['{"a":1}\n'], []]);
  });
});

describe('tables', () => {
  it('align columns and disarm what would steer a terminal', () => {
    expect(
      table([
        ['a', 1],
        ['long', 200],
      ]),
    ).toBe('a       1\nlong  200');
    expect(table([['\x1b[31mred\r']])).toBe('�[31mred�');
  });
});
