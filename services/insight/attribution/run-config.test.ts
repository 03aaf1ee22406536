import { describe, expect, it } from 'vitest';
import { minimumMinor, resolveRunConfig } from './run-config.ts';

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
