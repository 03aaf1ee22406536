import { describe, expect, it } from 'vitest';
import { pValueOf, readExperiment } from './significance.rules.ts';

const trial = (name: string, trials: number, successes: number) => ({ name, trials, successes });

describe('an experiment', () => {
  it('gives the p-value of the two-proportion z-test', () => {
    // Two-sided, pooled: z = 2.7524.
    expect(pValueOf(trial('a', 1000, 100), trial('b', 1000, 140))!).toBeCloseTo(0.0059159, 6);
    expect(pValueOf(trial('a', 200, 100), trial('b', 200, 100))!).toBeCloseTo(1, 6);
    expect(pValueOf(trial('a', 20, 1), trial('b', 20, 3))).toBeNull();
  });

  it('names a winner only when it beats every other one, at a level that falls with their number', () => {
    expect(readExperiment([trial('a', 1000, 100), trial('b', 1000, 150)])).toMatchObject({
      winner: 'b',
      verdict: 'significant',
    });
    const three = [trial('a', 1000, 100), trial('b', 1000, 130), trial('c', 1000, 128)];
    expect(readExperiment(three)).toMatchObject({ winner: null, verdict: 'not_significant' });
    expect(readExperiment([trial('a', 10, 1), trial('b', 9, 2)])).toMatchObject({ winner: null, verdict: 'too_few' });
    expect(readExperiment([])).toEqual({ variants: [], winner: null, verdict: 'too_few' });
  });
});
