import { describe, expect, it } from 'vitest';
import { addDays, bucketOf, bucketsOf, daysBetween, isTimeZone } from './period.rules.ts';

describe('calendar days', () => {
  it('are added over months and leap days, and counted with both ends', () => {
    expect([addDays('2024-02-28', 2), addDays('2026-01-01', -1)]).toEqual(['2024-03-01', '2025-12-31']);
    expect([daysBetween('2026-01-01', '2026-01-01'), daysBetween('2024-02-28', '2024-03-01')]).toEqual([1, 3]);
    // Days are dates: a change of clocks makes none longer.
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(3);
  });
});

describe('a bucket', () => {
  it('is the day, the first of its month, or the first day of its week', () => {
    // The 4th of March 2026 is a Wednesday, the 8th a Sunday.
    expect(bucketOf('2026-03-04', 'day', 1)).toBe('2026-03-04');
    expect(bucketOf('2026-03-31', 'month', 1)).toBe('2026-03-01');
    expect(['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-08'].map((day) => bucketOf(day, 'week', 1))).toEqual([
      '2026-02-23',
      '2026-03-02',
      '2026-03-02',
      '2026-03-02',
    ]);
    expect(['2026-03-04', '2026-03-07', '2026-03-08'].map((day) => bucketOf(day, 'week', 7))).toEqual([
      '2026-03-01',
      '2026-03-01',
      '2026-03-08',
    ]);
  });

  it('follows the one before until the last day is in one', () => {
    expect(bucketsOf('2026-01-30', '2026-02-01', 'day', 1)).toEqual(['2026-01-30', '2026-01-31', '2026-02-01']);
    expect(bucketsOf('2026-01-31', '2026-04-01', 'month', 1)).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
      '2026-04-01',
    ]);
    expect(bucketsOf('2026-03-01', '2026-03-09', 'week', 1)).toEqual(['2026-02-23', '2026-03-02', '2026-03-09']);
    expect(bucketsOf('2026-03-02', '2026-03-01', 'day', 1)).toEqual([]);
  });
});

describe('the name of a time zone', () => {
  it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('may be %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });
  it.each(['Mars/Olympus', '', '+02:00', 'Europe/Berlin; drop', `A${'a'.repeat(70)}`, ' UTC'])('is not %j', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
