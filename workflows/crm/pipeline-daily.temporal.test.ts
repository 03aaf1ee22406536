import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createPipelineActivities } from '../../activities/crm/pipeline.activities.ts';
import { createDeal } from '../../services/crm/index.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, uniqueQueue } from '../../test/temporal/harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('pipelineDaily', () => {
  it('keeps each day of each organization once and tells of each risk once, though every activity runs twice', async () => {
    const now = new Date('2026-06-30T12:00:00Z');
    const tenants = [await createTenant(database), await createTenant(database)];
    for (const tenant of tenants) {
      await tenant.run(
        (ctx) => createDeal(ctx, { name: 'Old', amount: '100', stage: 'proposal', closeDate: '2026-06-10' }),
        new Date('2026-03-01T12:00:00Z'),
      );
    }
    const taskQueue = uniqueQueue('pipeline');
    const tool = failAfterCommit();
    const worker = await startTestWorker({
      taskQueue,
      activities: createPipelineActivities({ db: database.app, platformDb: database.platform, clock: activityClock }),
      activityInterceptors: [tool.interceptor],
      readNow: () => now,
      maxCachedWorkflows: 0,
    });
    await worker.client.workflow.execute('pipelineDaily', { taskQueue, workflowId: taskQueue });
    expect([...tool.struck.keys()]).toEqual(['pipelineTakeSnapshots', 'pipelineRefreshHealth']);
    await worker.stop();
    const snapshots = await database.owner`
      select period, amount::text, category from forecast_snapshots
      where organization_id = ${tenants[0]!.organizationId} order by period`;
    expect(snapshots).toEqual(
      ['month', 'quarter', 'year'].map((period) => ({ period, amount: '100.000', category: 'best_case' })),
    );
    const events = await database.owner`
      select organization_id from domain_events where type = 'deal.at_risk' order by organization_id`;
    expect(events.map((row) => row.organization_id)).toEqual(tenants.map((tenant) => tenant.organizationId).sort());
  });
});
