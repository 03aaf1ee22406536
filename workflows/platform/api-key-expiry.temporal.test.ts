import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createApiKeyActivities } from '../../activities/platform/api-keys.activities.ts';
import { createApiKey } from '../../services/platform/api-keys/index.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, uniqueQueue } from '../../test/temporal/harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const NOW = new Date('2026-06-30T12:00:00Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

describe('the expiry of API keys', () => {
  it('is announced once, seven days ahead, and noted when it comes, in every organization', async () => {
    for (const tenant of [await createTenant(database), await createTenant(database)]) {
      for (const days of [-1, 1, 6.9, 7.1, 300]) {
        await tenant.run((ctx) =>
          createApiKey(ctx, { name: `${days}`, scopes: ['data.view'], expiresAt: inDays(days) }),
        );
      }
      await tenant.run((ctx) => createApiKey(ctx, { name: 'forever', scopes: ['data.view'] }));
    }
    const taskQueue = uniqueQueue('api-key-expiry');
    const tool = failAfterCommit();
    const worker = await startTestWorker({
      taskQueue,
      activities: createApiKeyActivities({ db: database.app, platformDb: database.platform, clock: activityClock }),
      activityInterceptors: [tool.interceptor],
      readNow: () => NOW,
      maxCachedWorkflows: 0,
    });
    const run = (workflowId: string) => worker.client.workflow.execute('apiKeyExpiry', { taskQueue, workflowId });
    // The activity runs twice: its first answer is lost, and the repetition finds nothing left to do.
    expect(await run(`${taskQueue}-1`)).toEqual({ warned: 0, expired: 0 });
    expect([...tool.struck.keys()]).toEqual(['apiKeysExpire']);
    await run(`${taskQueue}-2`);
    await worker.stop();
    const events = await database.owner<{ name: string; count: number }[]>`
      select k.name, count(*)::int as count from domain_events e
      join api_keys k on k.organization_id = e.organization_id and k.id = e.entity_id
      where e.type = 'api_key.expiring' group by 1 order by 1`;
    expect(events).toEqual([
      { name: '1', count: 2 },
      { name: '6.9', count: 2 },
    ]);
    const expired = await database.owner`select name from api_keys where status = 'expired'`;
    expect(expired.map((row) => row.name)).toEqual(['-1', '-1']);
  });
});
