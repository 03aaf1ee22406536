import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createHousekeepingActivities } from '../../activities/platform/housekeeping.activities.ts';
import { claimIdempotencyKeys } from '../../services/core/idempotency.ts';
import { createRun, executeRun, getRun } from '../../services/insight/index.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, uniqueQueue } from '../../test/temporal/harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('housekeeping', () => {
  it('deletes expired idempotency keys and ends runs whose process is gone, in every organization, and no others', async () => {
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
    const tenant = await createTenant(database);
    const [attended, lost, young] = await Promise.all(
      [10, 10, 1].map(async (minutes) => {
        const at = new Date(now.getTime() - minutes * 60_000);
        const { id } = await tenant.run((ctx) => createRun(ctx, { modelCode: 'LINEAR', name: 'x', config: {} }), at);
        await tenant.run((ctx) => executeRun(ctx, { runId: id }), at);
        return id;
      }),
    );
    await database.owner`update process_commands set status = 'done'`;
    const taskQueue = uniqueQueue('housekeeping');
    const tool = failAfterCommit();
    const worker = await startTestWorker({
      taskQueue,
      activities: createHousekeepingActivities({
        db: database.app,
        platformDb: database.platform,
        clock: activityClock,
        gateway: { isRunning: async ({ entityId }) => entityId === attended },
      }),
      activityInterceptors: [tool.interceptor],
      readNow: () => now,
      maxCachedWorkflows: 0,
    });
    const options = { taskQueue, workflowId: taskQueue };
    // Each activity runs twice: the first time it finds work and its answer is lost, the second time it finds none.
    expect(await worker.client.workflow.execute('housekeeping', options)).toEqual({
      expiredIdempotencyKeys: 0,
      lostRuns: 0,
    });
    expect([...tool.struck.keys()]).toEqual(['housekeepingPurgeIdempotencyKeys', 'housekeepingEndLostRuns']);
    await worker.stop();
    const kept = await database.owner<{ key: string }[]>`select key from idempotency_keys`;
    expect(kept.map((row) => row.key)).toEqual(['fresh', 'fresh']);
    const statusOf = async (runId: string) => (await tenant.run((ctx) => getRun(ctx, { runId }))).status;
    expect([await statusOf(attended!), await statusOf(lost!), await statusOf(young!)]).toEqual([
      'running',
      'failed',
      'running',
    ]);
    expect((await tenant.run((ctx) => getRun(ctx, { runId: lost! }))).failure?.code).toBe('PROCESS_LOST');
  });
});
