import { describe, expect, it } from 'vitest';
import {
  checkCustomWeights,
  checkPositionWeights,
  inMillionths,
  largestCustomWeight,
  scaleOf,
} from './custom-weights.rules.ts';

/** The field that a refusal names. */
function fieldOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return (error as { extras: { issues: { field: string }[] } }).extras.issues[0]?.field;
  }
  return undefined;
}

describe('weights of positions', () => {
  it('are exact in millionths', () => {
    expect([inMillionths(0.4), inMillionths(0.123456), inMillionths(1_000)]).toEqual([400_000, 123_456, 1e9]);
  });

  it('may be 0 to 1000, and not all 0; what is absent is 0', () => {
    expect(checkPositionWeights({ middle: 1_000 })).toEqual({ first: 0, middle: 1_000, last: 0 });
    expect(checkPositionWeights({ last: 0.000001 })).toEqual({ first: 0, middle: 0, last: 0.000001 });
    expect(fieldOf(() => checkPositionWeights({ first: 1_000.000001 }))).toBe('config.positionWeights.first');
    expect(fieldOf(() => checkPositionWeights({ first: 1, middle: -0.1 }))).toBe('config.positionWeights.middle');
    expect(fieldOf(() => checkPositionWeights({ last: Number.NaN }))).toBe('config.positionWeights.last');
    expect(fieldOf(() => checkPositionWeights({ last: 0.1234567 }))).toBe('config.positionWeights.last');
    expect(fieldOf(() => checkPositionWeights({}))).toBe('config.positionWeights');
  });
});

describe('custom weights', () => {
  it('may be given by ends, by positions, by channels, or by one of the first two with the last', () => {
    expect(checkCustomWeights(undefined)).toBeNull();
    for (const weights of [
      { last: 1 },
      { positions: [0, 2] },
      { positions: [0], otherPositions: 1 },
      { channels: { call: 0 } },
      { channels: { call: 0 }, otherChannels: 2 },
      { first: 1, channels: { call: 3 } },
    ]) {
      expect(checkCustomWeights(weights)).toBe(weights);
    }
  });

  it.each([
    [{ positions: [0, 0] }, 'config.customWeights'],
    [{ positions: [1, 1_001] }, 'config.customWeights'],
    [{ positions: [1], channels: { call: 0 }, otherChannels: 0 }, 'config.customWeights'],
    [{ channels: { call: -1 } }, 'config.customWeights'],
    [{ positions: [1], otherPositions: -1 }, 'config.customWeights'],
    [{ channels: { call: 1 }, otherChannels: 2_000 }, 'config.customWeights'],
    [{ first: 1, otherPositions: 1 }, 'config.customWeights.otherPositions'],
    [{ first: 1, otherChannels: 1 }, 'config.customWeights.otherChannels'],
    [{ first: 0, positions: [1] }, 'config.customWeights'],
    [{}, 'config.customWeights'],
  ])('are refused as %j, by the name of the field', (weights, field) => {
    expect(fieldOf(() => checkCustomWeights(weights))).toBe(field);
  });

  it('give a touch at most the product of the largest position and the largest channel', () => {
    expect(largestCustomWeight({ first: 0.5 })).toBe(1);
    expect(largestCustomWeight({ first: 2, middle: 5, last: 3 })).toBe(5);
    expect(largestCustomWeight({ last: 4, channels: { a: 3, b: 2 } })).toBe(12);
    expect(largestCustomWeight({ positions: [2, 0.5] })).toBe(2);
    expect(largestCustomWeight({ positions: [2], otherPositions: 7 })).toBe(7);
    expect(largestCustomWeight({ channels: { a: 0.5 } })).toBe(1);
    expect(largestCustomWeight({ channels: { a: 0.5 }, otherChannels: 0.25 })).toBe(0.5);
  });

  it('are counted in units that keep sums within 64 bits', () => {
    expect([scaleOf(1), scaleOf(1_000), scaleOf(1_001), scaleOf(1e6)]).toEqual([1e9, 1e9, 1e12 / 1_001, 1e6]);
  });
});
