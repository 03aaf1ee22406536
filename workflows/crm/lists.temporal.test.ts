import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createListActivities } from '../../activities/crm/lists.activities.ts';
import { createList, createProspect, createSegment, getList } from '../../services/crm/index.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, uniqueQueue } from '../../test/temporal/harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('dynamic lists', () => {
  it('are filled by their process and follow time by the job, each change told once though every activity runs twice', async () => {
    const now = new Date('2026-06-30T12:00:00Z');
    const tenant = await createTenant(database);
    const list = await tenant.run(async (ctx) => {
      await createProspect(ctx, { email: 'a@x.example', status: 'engaged' });
      const criteria = { field: 'status', op: 'eq', value: 'engaged' };
      const segment = await createSegment(ctx, { name: 'Engaged', criteria });
      return createList(ctx, { name: 'L', type: 'dynamic', segmentId: segment.id });
    });
    const taskQueue = uniqueQueue('lists');
    const tool = failAfterCommit();
    const worker = await startTestWorker({
      taskQueue,
      activities: createListActivities({ db: database.app, platformDb: database.platform, clock: activityClock }),
      activityInterceptors: [tool.interceptor],
      readNow: () => now,
      maxCachedWorkflows: 0,
    });
    const input = { organizationId: tenant.organizationId, listId: list.id, generation: 1 };
    const refreshed = await worker.client.workflow.execute('listRefresh', {
      taskQueue,
      workflowId: `${taskQueue}-one`,
      args: [input],
    });
    expect(refreshed).toMatchObject({ status: 'completed' });
    await worker.client.workflow.execute('listsHourly', { taskQueue, workflowId: `${taskQueue}-all` });
    expect([...tool.struck.keys()]).toEqual(['listsRefresh', 'listsFollowTime']);
    const missing = { ...input, listId: crypto.randomUUID() };
    await worker.client.workflow.execute('listRefresh', {
      taskQueue,
      workflowId: `${taskQueue}-gone`,
      args: [missing],
    });
    await worker.stop();
    const after = await tenant.run((ctx) => getList(ctx, { id: list.id }));
    expect(after).toMatchObject({ refreshStatus: 'completed', memberCount: 1 });
    const events = await database.owner`select data from domain_events where type = 'list.members_changed'`;
    expect(events).toHaveLength(1);
  });
});
