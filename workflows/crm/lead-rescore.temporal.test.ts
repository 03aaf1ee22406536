import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createLeadScoringActivities } from '../../activities/crm/lead-scoring.activities.ts';
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

describe('leadRescore', () => {
  it('keeps one score of everybody who shows interest, though its activity runs twice', async () => {
    const tenants = [await createTenant(database), await createTenant(database)];
    for (const tenant of tenants) {
      await tenant.run(async (ctx) => {
        const { id } = await createProspect(ctx, { lastName: 'Bell' });
        await createProspect(ctx, { lastName: 'Quiet' });
        await recordSignals(ctx, [{ type: 'website_visit', prospectId: id, strength: 80 }]);
      });
    }
    const taskQueue = uniqueQueue('rescore');
    const tool = failAfterCommit();
    const worker = await startTestWorker({
      taskQueue,
      activities: createLeadScoringActivities({
        db: database.app,
        platformDb: database.platform,
        clock: activityClock,
      }),
      activityInterceptors: [tool.interceptor],
      readNow: () => new Date('2026-06-30T12:00:00Z'),
      maxCachedWorkflows: 0,
    });
    const result = await worker.client.workflow.execute('leadRescore', { taskQueue, workflowId: taskQueue });
    await worker.stop();
    expect([...tool.struck.keys()]).toEqual(['leadScoringRescore']);
    // The second attempt found the scores of the first.
    expect(result).toEqual({ changed: 0 });
    const scores = await database.owner`select score::float8 as score, reason from ai_predictions`;
    expect(scores).toEqual(Array(2).fill({ score: 16, reason: 'schedule' }));
    const people = await database.owner`select priority_score as score from prospects order by 1`;
    expect(people.map((row) => row.score)).toEqual([16, 16, null, null]);
  });
});
