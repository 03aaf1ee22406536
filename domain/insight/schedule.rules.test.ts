import { describe, expect, it } from 'vitest';
import { periodBefore, wallClocksOf } from './schedule.rules.ts';

const timing = { frequency: 'daily', weekday: null, monthDay: null, timeOfDay: '06:30' } as const;

describe('a scheduled run', () => {
  it('is due on its days by the wall clock', () => {
    expect(wallClocksOf(timing)).toEqual([{ hour: 6, minute: 30 }]);
    expect(wallClocksOf({ ...timing, frequency: 'weekly', weekday: 1 })).toEqual([{ hour: 6, minute: 30, weekday: 1 }]);
    expect(wallClocksOf({ ...timing, frequency: 'monthly', monthDay: 2 })).toEqual([
      { hour: 6, minute: 30, monthDay: 2 },
    ]);
    // Days of another frequency, left over from before it was changed, count for nothing.
    const days = { weekday: 1, monthDay: 2 };
    expect(wallClocksOf({ ...timing, ...days })).toEqual([{ hour: 6, minute: 30 }]);
    expect(wallClocksOf({ ...timing, ...days, frequency: 'weekly' })).toEqual([{ hour: 6, minute: 30, weekday: 1 }]);
    expect(wallClocksOf({ ...timing, ...days, frequency: 'monthly' })).toEqual([{ hour: 6, minute: 30, monthDay: 2 }]);
    expect(wallClocksOf({ ...timing, frequency: 'weekly' })).toEqual([{ hour: 6, minute: 30 }]);
  });

  it('has a second chance an hour later where a change to summer time may leave its time out', () => {
    expect(wallClocksOf({ ...timing, timeOfDay: '02:30' })).toEqual([
      { hour: 2, minute: 30 },
      { hour: 3, minute: 30 },
    ]);
    expect(wallClocksOf({ ...timing, timeOfDay: '03:00' })).toHaveLength(2);
    expect(wallClocksOf({ ...timing, timeOfDay: '04:00' })).toHaveLength(1);
  });

  it('covers the whole days before the day on which it is made, across months and leap days', () => {
    expect(periodBefore('2026-03-01', 28)).toEqual({ startDate: '2026-02-01', endDate: '2026-02-28' });
    expect(periodBefore('2024-03-01', 1)).toEqual({ startDate: '2024-02-29', endDate: '2024-02-29' });
    expect(periodBefore('2026-01-01', 7)).toEqual({ startDate: '2025-12-25', endDate: '2025-12-31' });
  });
});
