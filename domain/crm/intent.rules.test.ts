import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTENT_TIERS, pointsOf, scoreOf, sharesOf, tierOf, trendOf, worthAfter } from './intent.rules.ts';

const strength = fc.integer({ min: 1, max: 100 });
const worths = fc.array(fc.double({ min: 0.000_001, max: 99.9, noNaN: true }), { maxLength: 20 });

describe('a signal', () => {
  it('is worth half after each half-life, never more than before, and never less than nothing', () => {
    fc.assert(
      fc.property(strength, fc.double({ min: 0.5, max: 90, noNaN: true }), fc.nat(4_000), (given, halfLife, age) => {
        const now = worthAfter(given, halfLife, age);
        expect(worthAfter(given, halfLife, age + 1)).toBeLessThanOrEqual(now);
        expect(now).toBeGreaterThanOrEqual(0);
        if (given < 99.9) expect(worthAfter(given, halfLife, age + halfLife)).toBeCloseTo(now / 2, 9);
      }),
    );
    expect(worthAfter(80, 7, 14)).toBe(20);
  });
});

describe('a score', () => {
  it('lies between 0 and 100, grows with every signal, does not depend on their order, and of one signal is its worth', () => {
    fc.assert(
      fc.property(worths, fc.double({ min: 0.01, max: 99, noNaN: true }), (given, more) => {
        const score = scoreOf(given);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(scoreOf([...given, more])).toBeGreaterThanOrEqual(score);
        expect(scoreOf(given.toReversed())).toBeCloseTo(score, 1);
        expect(scoreOf([more])).toBeCloseTo(more, 1);
        expect(pointsOf(more)).toBeGreaterThan(0);
      }),
    );
    expect(scoreOf([50, 50])).toBe(75);
  });

  it('is divided among its signals without rest', () => {
    fc.assert(
      fc.property(worths, (given) => {
        const sum = sharesOf(given).reduce((all, share) => all + share, 0);
        expect(sum).toBeCloseTo(given.length > 0 ? 1 : 0, 9);
      }),
    );
  });

  it('belongs to exactly one tier, by its nearest whole number', () => {
    const borders = { low: [0, 25], warm: [26, 50], hot: [51, 75], burning: [76, 100] } as const;
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (score) => {
        const [from, to] = borders[tierOf(score)];
        expect(Math.round(score)).toBeGreaterThanOrEqual(from);
        expect(Math.round(score)).toBeLessThanOrEqual(to);
      }),
    );
    expect([25.4, 25.5, 50.5, 75.5].map(tierOf)).toEqual([...INTENT_TIERS]);
    expect([trendOf(30, 25), trendOf(29, 25), trendOf(20, 25)]).toEqual(['increasing', 'stable', 'decreasing']);
  });
});
