import { describe, expect, it } from 'vitest';
import { DIFFERENCE_PARTS, DIMENSIONS, PART_MEANINGS, planSteps } from './comparison.rules.ts';

const none = { configuration: false, identity: false, corrections: false, lateData: false, refunds: false };

describe('the states between two runs', () => {
  it('are computed after each change but the last, which leads to the other run', () => {
    const steps = planSteps({ ...none, identity: true, lateData: true });
    expect(steps).toEqual([
      { part: 'configuration', changed: false, state: 'before' },
      { part: 'identity', changed: true, state: 'compute' },
      { part: 'corrections', changed: false, state: 'before' },
      { part: 'lateData', changed: true, state: 'other' },
      { part: 'refunds', changed: false, state: 'before' },
    ]);
  });

  it('are none where one part alone differs, or nothing', () => {
    expect(planSteps({ ...none, refunds: true }).map(({ state }) => state)).toEqual([
      ...Array(4).fill('before'),
      'other',
    ]);
    expect(planSteps(none).every(({ state, changed }) => state === 'before' && !changed)).toBe(true);
  });

  it('are told in the stated order, each part with its meaning, by every dimension and unit of the calendar', () => {
    expect(DIFFERENCE_PARTS).toEqual(['configuration', 'identity', 'corrections', 'lateData', 'refunds']);
    for (const part of DIFFERENCE_PARTS) expect(PART_MEANINGS[part].length).toBeGreaterThan(20);
    for (const dimension of ['channel', 'cadence', 'prompt_version', 'week']) expect(DIMENSIONS).toContain(dimension);
  });
});
