import { describe, expect, it } from 'vitest';
import { minimumMinor, resolveRunConfig } from './run-config.rules.ts';

describe('a run configuration', () => {
  it('has a window of 72 hours and a half-life of half of it when nothing is given', () => {
    expect(resolveRunConfig('TIME_DECAY', {})).toMatchObject({
      timeWindowHours: 72,
      halfLifeHours: 36,
      models: ['TIME_DECAY'],
    });
  });

  it('names each model once, the main one first', () => {
    const { models } = resolveRunConfig('LINEAR', { models: ['TIME_DECAY', 'LINEAR'] });
    expect(models).toEqual(['LINEAR', 'TIME_DECAY']);
  });

  it('refuses a period that ends before it starts', () => {
    expect(() => resolveRunConfig('LINEAR', { startDate: '2026-02-01', endDate: '2026-01-31' })).toThrow(
      /before start_date/,
    );
  });

  it.each([
    ['100.00', 'USD', 10_000],
    ['0.005', 'USD', 1],
    ['99.5', 'JPY', 100],
    ['1.0001', 'KWD', 1001],
    ['5', 'USD', 500],
  ])('a minimum of %s is %s %i in minor units, rounded up', (min, currency, minor) => {
    expect(minimumMinor(min, currency)).toBe(minor);
  });
});

describe('custom weights of a run', () => {
  const custom = (customWeights: object) => resolveRunConfig('CUSTOM', { customWeights });

  it('are needed by CUSTOM and refused without it', () => {
    expect(() => resolveRunConfig('CUSTOM', {})).toThrow(/is missing/);
    expect(() => resolveRunConfig('LINEAR', { customWeights: { first: 1 } })).toThrow(/not among the models/);
    expect(custom({ first: 1 }).customWeights).toEqual({ first: 1 });
  });

  it.each([
    [{}, /weighs nothing/],
    [{ first: 0, last: 0 }, /above 0/],
    [{ first: 1, positions: [1] }, /not both/],
    [{ otherPositions: 1, first: 1 }, /needs positions/],
    [{ first: 1, otherChannels: 1 }, /needs channels/],
    [{ channels: { call: 0 }, otherChannels: 0 }, /above 0/],
    [{ first: 0.1234567 }, /more than 6 decimal places/],
    [{ first: -1 }, /between 0 and 1000/],
  ])('refuse %j', (weights, message) => {
    expect(() => custom(weights)).toThrow(message);
  });
});

describe('position weights of a run', () => {
  it('are 40, 20 and 40 unless given, and must not all be 0', () => {
    expect(resolveRunConfig('LINEAR', {}).positionWeights).toEqual({ first: 0.4, middle: 0.2, last: 0.4 });
    const given = (positionWeights: object) => resolveRunConfig('POSITION_BASED', { positionWeights }).positionWeights;
    expect(given({ first: 1, last: 3 })).toEqual({ first: 1, middle: 0, last: 3 });
    expect(() => given({ first: 0 })).toThrow(/above 0/);
  });
});
