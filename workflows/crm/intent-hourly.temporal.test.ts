import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createIntentActivities } from '../../activities/crm/intent.activities.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createProspect } from '../../services/crm/index.ts';
import { recordSignals } from '../../services/crm/intent/index.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, uniqueQueue } from '../../test/temporal/harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('intentHourly', () => {
  it('lets the interest of every organization fade once, though every activity runs twice', async () => {
    const tenants = [await createTenant(database), await createTenant(database)];
    for (const tenant of tenants) {
      await tenant.run(async (ctx) => {
        const { id } = await createProspect(ctx, { lastName: 'Bell' });
        await recordSignals(ctx, [
          { type: 'website_visit', prospectId: id, strength: 80 },
          { type: 'news_mention', prospectId: id, expiresAt: new Date(ctx.now.getTime() + 3_600_000) },
        ]);
      });
    }
    const taskQueue = uniqueQueue('intent');
    const tool = failAfterCommit();
    const worker = await startTestWorker({
      taskQueue,
      activities: createIntentActivities({
        db: database.app,
        platformDb: database.platform,
        clock: activityClock,
        faultPoint: noFaults,
      }),
      activityInterceptors: [tool.interceptor],
      readNow: () => new Date('2026-07-07T12:00:00Z'),
      maxCachedWorkflows: 0,
    });
    const result = await worker.client.workflow.execute('intentHourly', { taskQueue, workflowId: taskQueue });
    await worker.stop();
    expect([...tool.struck.keys()]).toEqual(['intentCatchUp', 'intentExpire', 'intentDecay']);
    // The second attempts found everything done.
    expect(result).toEqual({ expired: 0, changed: 0 });
    const people = await database.owner`select intent_score::float8 as score, intent_tier as tier from prospects`;
    expect(people).toEqual(Array(2).fill({ score: 40, tier: 'warm' }));
    const [events] = await database.owner`
      select count(*)::integer as count from domain_events
      where type = 'intent.tier_changed' and data ->> 'to' = 'warm'`;
    expect(events!.count).toBe(2);
    const [expired] =
      await database.owner`select count(*)::integer as count from intent_signals where expired_at is not null`;
    expect(expired!.count).toBe(2);
  });
});
