import { describe, expect, it } from 'vitest';
import { settleSeconds } from './settling.rules.ts';

const now = new Date('2026-11-22T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const quiet = { lastCompletedAt: null, lastFailedAt: null, consecutiveFailures: 0 };

describe('the wait before a change goes out', () => {
  it('is two seconds after a pause, and keeps ten between two syncs', () => {
    expect(settleSeconds(quiet, now)).toBe(2);
    expect(settleSeconds({ ...quiet, lastCompletedAt: ago(3_600) }, now)).toBe(2);
    expect(settleSeconds({ ...quiet, lastCompletedAt: ago(1) }, now)).toBe(9);
  });

  it('doubles with each failure, up to an hour, and counts from the last one', () => {
    const failed = (consecutiveFailures: number, seconds: number) =>
      settleSeconds({ lastCompletedAt: ago(1), lastFailedAt: ago(seconds), consecutiveFailures }, now);
    expect([failed(1, 0), failed(3, 0), failed(3, 200), failed(20, 0), failed(1, 600)]).toEqual([
      60, 240, 40, 3_600, 2,
    ]);
  });
});
