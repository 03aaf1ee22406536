import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createBulkEmailActivities } from '../../activities/outreach/bulk-emails.activities.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createBulkJob, getBulkJob, pauseBulkJob, resumeBulkJob } from '../../services/outreach/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { testOutreach } from '../../test/http/harness.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { MAIN_QUEUE } from '../queues.contract.ts';

let database: TestDatabase;
let tenant: TestTenant;
const openWorker = testWorkers();
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const deps = { db: database.app, clock: activityClock, faultPoint: noFaults, tools: testOutreach };
  return openWorker({
    taskQueue: MAIN_QUEUE,
    activities: createBulkEmailActivities(deps),
    ...options,
  });
}
const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();
const create = (count: number) =>
  tenant.run(
    (ctx) =>
      createBulkJob(ctx, {
        tools: testOutreach,
        subject: 'Hi',
        text: 'Hi',
        recipients: Array.from({ length: count }, (_, n) => ({ email: `p${n}@company.example`, name: null })),
      }),
    new Date(),
  );
const handleOf = (worker: TestWorker, id: string) =>
  worker.client.workflow.getHandle(`bulkEmailJob:${tenant.organizationId}:${id}:1`);
const sends = async (id: string) =>
  (
    await database.owner<{ n: number }[]>`
      select count(*)::integer as n from sends s join emails e on e.id = s.subject_id where e.bulk_job_id = ${id}`
  )[0]!.n;

describe('the process of a bulk job', () => {
  it('plans each message once when every activity is run twice and every task replayed from the start', async () => {
    const tool = failAfterCommit();
    const worker = await startWorker({ activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 });
    const { id } = await create(230);
    await dispatch(worker);
    expect(await handleOf(worker, id).result()).toEqual({ status: 'completed' });
    expect(tool.struck.get('bulkEmailsAttend')).toBeGreaterThan(0);
    expect(await sends(id)).toBe(230);
  });

  it('rests while the job is paused, and goes on', async () => {
    const worker = await startWorker();
    const { id } = await create(5);
    await tenant.run((ctx) => pauseBulkJob(ctx, { id }));
    await dispatch(worker);
    const state = () => tenant.run((ctx) => getBulkJob(ctx, { id, page: 1, limit: 1 }));
    expect(await state()).toMatchObject({ status: 'paused', waiting: 5 });
    await tenant.run((ctx) => resumeBulkJob(ctx, { id }));
    await dispatch(worker);
    expect(await handleOf(worker, id).result()).toEqual({ status: 'completed' });
    expect(await sends(id)).toBe(5);
  });
});
