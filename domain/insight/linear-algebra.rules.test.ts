import { describe, expect, it } from 'vitest';
import { invert, solve } from './linear-algebra.rules.ts';

const rows = (...lines: number[][]) => lines.map((line) => Float64Array.from(line));
const plain = (matrix: readonly Float64Array[]) => matrix.map((line) => [...line]);

describe('the inverse of a matrix', () => {
  it('exchanges rows where a zero stands in the way, and leaves the matrix as it was', () => {
    const matrix = rows([0, 2], [4, 0]);
    expect(plain(invert(matrix))).toEqual([
      [0, 0.25],
      [0.5, 0],
    ]);
    expect(plain(matrix)).toEqual([
      [0, 2],
      [4, 0],
    ]);
  });

  it('divides by the largest there is, so that small numbers cost no digits', () => {
    const [top] = invert(rows([1e-20, 1], [1, 1]));
    expect([...top!]).toEqual([-1, 1]);
  });

  it('is refused where there is none', () => {
    expect(() => invert(rows([1, 2], [2, 4]))).toThrow(new RangeError('the matrix has no inverse'));
    expect(() => invert(rows([Number.NaN]))).toThrow(RangeError);
  });
});

describe('a system of equations', () => {
  it('is solved without a change to what was given', () => {
    const matrix = rows([0, 1, 1], [2, 0, 1], [1, 1, 0]);
    const right = Float64Array.of(5, 5, 3);
    expect([...solve(matrix, right)]).toEqual([1, 2, 3]);
    expect([plain(matrix)[0], [...right]]).toEqual([
      [0, 1, 1],
      [5, 5, 3],
    ]);
  });
});
