import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createHousekeepingActivities } from '../../activities/platform/housekeeping.activities.ts';
import { claimIdempotencyKeys } from '../../services/core/idempotency.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, uniqueQueue } from '../../test/temporal/harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('housekeeping', () => {
  it('deletes the expired idempotency keys of every organization and no other', async () => {
    const now = new Date('2026-06-30T12:00:00Z');
    const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
    for (const tenant of [await createTenant(database), await createTenant(database)]) {
      for (const [key, at] of [
        ['old', hoursAgo(25)],
        ['fresh', hoursAgo(23)],
      ] as const) {
        const claim = { key, fingerprint: Buffer.from('f'), operationId: 'test' };
        await tenant.run((ctx) => claimIdempotencyKeys(ctx, [claim]), at);
      }
    }
    const taskQueue = uniqueQueue('housekeeping');
    const tool = failAfterCommit();
    const worker = await startTestWorker({
      taskQueue,
      activities: createHousekeepingActivities({ platformDb: database.platform, clock: activityClock }),
      activityInterceptors: [tool.interceptor],
      readNow: () => now,
      maxCachedWorkflows: 0,
    });
    const options = { taskQueue, workflowId: taskQueue };
    // Run twice: the first time it deletes two keys and its answer is lost, the second time it finds none.
    expect(await worker.client.workflow.execute('housekeeping', options)).toEqual({ expiredIdempotencyKeys: 0 });
    expect([...tool.struck]).toEqual([['housekeepingPurgeIdempotencyKeys', 1]]);
    await worker.stop();
    const kept = await database.owner<{ key: string }[]>`select key from idempotency_keys`;
    expect(kept.map((row) => row.key)).toEqual(['fresh', 'fresh']);
  });
});
