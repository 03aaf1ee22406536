import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../api/http/rate-limit.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createRateLimitCounters } from './rate-limit-counters.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const now = () => new Date('2026-06-30T12:00:00Z');

describe('counters in Postgres', () => {
  it('add up what several processes count at once, and clear away windows that have ended', async () => {
    const limiters = Array.from({ length: 4 }, () =>
      createRateLimiter(now, createRateLimitCounters(database.platform)),
    );
    for (let round = 0; round < 60; round++) {
      for (const limiter of limiters) for (const key of ['b', 'a', `r${round}`]) limiter.take('general', key, 1_000);
      await Promise.all(limiters.map((limiter) => limiter.synchronize()));
    }
    for (const limiter of limiters) limiter.take('general', 'a', 1_000);
    await Promise.all(limiters.map((limiter) => limiter.synchronize()));
    const rows =
      await database.owner`select used::int as used from rate_limit_counters where subject in ('general:a', 'general:b') order by subject`;
    expect(rows.map((row) => row.used)).toEqual([244, 240]);
    const counters = createRateLimitCounters(database.platform);
    for (let i = 0; i < 200; i++)
      await counters.add([{ subject: 'later', resetAt: now().getTime() / 1000 + 86_400, count: 1 }]);
    const [left] = await database.owner`select count(*)::int as count from rate_limit_counters`;
    expect(left!.count).toBe(1);
  });
});
