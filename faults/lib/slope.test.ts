import { expect, it } from 'vitest';
import { slopePerHour } from './slope.ts';

it('a slope is told per hour, through the noise, and is none for nothing', () => {
  const samples = Array.from({ length: 100 }, (_, n) => ({ seconds: n * 5, value: 100 + n * 0.05 + (n % 2 ? 3 : -3) }));
  expect(slopePerHour(samples)).toBeGreaterThan(30);
  expect(slopePerHour(samples)).toBeLessThan(45);
  expect(slopePerHour(samples.map((one) => ({ ...one, value: 7 })))).toBe(0);
  expect([slopePerHour([]), slopePerHour([{ seconds: 1, value: 9 }])]).toEqual([0, 0]);
});
