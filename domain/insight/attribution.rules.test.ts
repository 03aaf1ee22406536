import { describe, expect, it } from 'vitest';
import {
  assertCancellable,
  EXECUTE_IN,
  isDataDriven,
  largestIntentWeight,
  MODEL_CODES,
  partitionCount,
  weightText,
} from './attribution.rules.ts';

describe('a weight', () => {
  it('is shown with twelve places', () => {
    expect([0, 1, 333_333_333_334, 1_000_000_000_000].map(weightText)).toEqual([
      '0.000000000000',
      '0.000000000001',
      '0.333333333334',
      '1.000000000000',
    ]);
  });

  it('of an intent is at most the largest of those that are configured or given', () => {
    expect(largestIntentWeight({})).toBe(1.5);
    expect(largestIntentWeight({ hot: 0.2 })).toBe(1.5);
    expect(largestIntentWeight({ hot: 7, cold: 2 })).toBe(7);
  });
});

describe('a run', () => {
  it('is cut into partitions of about ten thousand conversions, at most two hundred', () => {
    expect([0, 1, 10_000, 10_001, 1_999_999, 2_000_000, 9_000_000].map(partitionCount)).toEqual([
      0, 1, 1, 2, 200, 200, 200,
    ]);
  });

  it('learns first for the two data-driven models alone', () => {
    expect(MODEL_CODES.filter(isDataDriven)).toEqual(['MARKOV', 'SHAPLEY']);
  });

  it('that is going on is joined, and any other is started', () => {
    expect(EXECUTE_IN).toEqual({ pending: 'start', running: 'join', completed: 'start', failed: 'start' });
  });

  it('can be cancelled until it has ended', () => {
    for (const status of ['pending', 'running'] as const) expect(() => assertCancellable(status)).not.toThrow();
    for (const status of ['completed', 'failed'] as const) {
      expect(() => assertCancellable(status)).toThrow(
        expect.objectContaining({
          code: 'RUN_NOT_CANCELLABLE',
          message: `The run is ${status} already.`,
          extras: { hint: 'Only a pending or running run can be cancelled; execute it again for a new generation.' },
        }),
      );
    }
  });
});
