import { describe, expect, it } from 'vitest';
import { minimumMinor, resolveRunConfig, UNNAMED_CONFIG } from './run-config.rules.ts';

describe('a run configuration', () => {
  it('has a window of 72 hours and a half-life of half of it when nothing is given', () => {
    expect(resolveRunConfig('TIME_DECAY', {})).toMatchObject({
      timeWindowHours: 72,
      halfLifeHours: 36,
      models: ['TIME_DECAY'],
    });
  });

  it('fills in what is not given', () => {
    expect(resolveRunConfig('LINEAR', {})).toEqual({
      ...UNNAMED_CONFIG,
      timeWindowHours: 72,
      includeChannels: [],
      eventTypes: [],
      minPurchaseAmount: null,
      startDate: null,
      endDate: null,
      halfLifeHours: 36,
      channelWindows: {},
      eventTypeWindows: {},
      models: ['LINEAR'],
    });
    // What runs were computed with before they could name it: it never changes.
    expect(UNNAMED_CONFIG).toEqual({
      teamId: null,
      vendorId: null,
      positionWeights: { first: 0.4, middle: 0.2, last: 0.4 },
      customWeights: null,
      dimension: 'channel',
      markovOrder: 1,
      shapleyWorth: 'counts',
      touchEventTypes: [],
    });
  });

  it('keeps what is given', () => {
    const given = {
      timeWindowHours: 24,
      includeChannels: ['call'],
      eventTypes: ['purchase'],
      minPurchaseAmount: '10.50',
      startDate: '2026-01-01',
      endDate: '2026-01-01',
      halfLifeHours: 6,
      channelWindows: { call: 12 },
      eventTypeWindows: { purchase: 48 },
      teamId: 'team',
      vendorId: 'vendor',
      dimension: 'campaign' as const,
      markovOrder: 2,
      shapleyWorth: 'rates' as const,
    };
    expect(resolveRunConfig('MARKOV', { ...given, touchEventTypes: ['page_view', 'form', 'form'] })).toEqual({
      ...UNNAMED_CONFIG,
      ...given,
      models: ['MARKOV'],
      touchEventTypes: ['page_view', 'form'],
    });
  });

  it.each([
    [{ startDate: '2026-02-01', endDate: '2026-01-31' }, 'config.endDate', 'lies before start_date'],
    [{ minPurchaseAmount: '1000000000001' }, 'config.minPurchaseAmount', 'is larger than any amount can be'],
    [{ customWeights: { first: 1 } }, 'config.customWeights', 'is given, but CUSTOM is not among the models'],
  ])('refuses %j by its field', (input, field, message) => {
    const refusal = () => resolveRunConfig('LINEAR', input);
    expect(refusal).toThrow(
      expect.objectContaining({
        extras: expect.objectContaining({ issues: [expect.objectContaining({ field, message })] }),
      }),
    );
  });

  it('takes a period without one of its ends, and the largest amount there is', () => {
    expect(resolveRunConfig('LINEAR', { startDate: '2026-02-01' })).toMatchObject({ endDate: null });
    expect(resolveRunConfig('LINEAR', { endDate: '2026-02-01' })).toMatchObject({ startDate: null });
    expect(resolveRunConfig('LINEAR', { minPurchaseAmount: '1000000000000' }).minPurchaseAmount).toBe('1000000000000');
  });

  it('names each model once, the main one first', () => {
    const { models } = resolveRunConfig('LINEAR', { models: ['TIME_DECAY', 'LINEAR'] });
    expect(models).toEqual(['LINEAR', 'TIME_DECAY']);
  });

  it.each([
    ['100.00', 'USD', 10_000],
    ['0.005', 'USD', 1],
    ['99.5', 'JPY', 100],
    ['1.0001', 'KWD', 1001],
    ['5', 'USD', 500],
    ['1.10', 'USD', 110],
    ['.5', 'USD', 50],
    ['1.5', 'XXX', 150],
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
