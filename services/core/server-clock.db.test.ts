import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createServerClock } from './server-clock.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('the clock of a worker', () => {
  it.each([3_600_000, -600_000])("tells the database's time on a machine that is %d ms off", async (off) => {
    const clock = createServerClock(database.platform, { now: () => new Date(Date.now() + off) });
    await clock.measure();
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(2_500);
  });

  it('is that of its machine where the two agree, however long the way is', async () => {
    const at = new Date(Date.now() + 500);
    const clock = createServerClock(database.platform, { now: () => at });
    await clock.measure();
    expect(clock.now()).toEqual(at);
  });
});
