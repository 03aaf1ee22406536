import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createPrivacyActivities } from '../../activities/data/privacy.activities.ts';
import { createBlobStore } from '../../services/core/blobs.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { arrangePerson } from '../../test/privacy/arrange.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, uniqueQueue } from '../../test/temporal/harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('the daily retention', () => {
  it('clears the organizations that ask for it and no other, also when every activity is run twice', async () => {
    const [limited, unlimited] = [await arrangePerson(database, 'limited'), await arrangePerson(database, 'unlimited')];
    await database.owner`
      update organizations set retention_days = 30 where id = ${limited.tenant.organizationId}`;
    const taskQueue = uniqueQueue('retention');
    const tool = failAfterCommit();
    const worker = await startTestWorker({
      taskQueue,
      activities: createPrivacyActivities({
        db: database.app,
        platformDb: database.platform,
        clock: activityClock,
        people: [],
        blobs: createBlobStore(database.app),
        faultPoint: noFaults,
      }),
      activityInterceptors: [tool.interceptor],
      readNow: () => new Date('2026-12-01T00:00:00Z'),
      maxCachedWorkflows: 0,
    });
    const result = await worker.client.workflow.execute('privacyRetention', { taskQueue, workflowId: taskQueue });
    // The first attempt did all and its answer was lost: the second finds nothing.
    expect(result).toEqual({ organizations: 1, rows: 0 });
    expect([...tool.struck.keys()].sort()).toEqual(['privacyListRetentions', 'privacyRetain']);
    await worker.stop();
    const kept = async (organizationId: string) => {
      const [row] = await database.owner`
        select count(*)::integer as touches, count(metadata)::integer as texts from interactions
        where organization_id = ${organizationId}`;
      return row;
    };
    expect(await kept(limited.tenant.organizationId)).toEqual({ touches: 3, texts: 0 });
    expect(await kept(unlimited.tenant.organizationId)).toEqual({ touches: 3, texts: 3 });
  });
});
