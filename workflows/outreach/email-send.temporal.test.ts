import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createEmailActivities } from '../../activities/outreach/emails.activities.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { cancelEmail, sendEmail } from '../../services/outreach/index.ts';
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
  const activities = createEmailActivities({
    db: database.app,
    clock: activityClock,
    faultPoint: noFaults,
    tools: testOutreach,
  });
  return openWorker({ taskQueue: MAIN_QUEUE, activities, ...options });
}
const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();
const schedule = (now: Date, inMs: number) =>
  tenant.run(
    (ctx) =>
      sendEmail(ctx, {
        tools: testOutreach,
        to: [{ email: 'john@company.example', name: null }],
        subject: 'Later',
        text: 'Hi',
        scheduledAt: new Date(now.getTime() + inMs),
      }),
    now,
  );
const resultOf = (worker: TestWorker, id: string) =>
  worker.client.workflow.getHandle(`emailSend:${tenant.organizationId}:${id}:1`).result();
const planned = async (id: string) => await database.owner`select dedupe_key from sends where subject_id = ${id}`;

describe('an e-mail for later', () => {
  it('enters the ledger once at its time, when every activity is run twice and every task replayed', async () => {
    const tool = failAfterCommit();
    const worker = await startWorker({ activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 });
    const { id, status } = await schedule(new Date(), 1_500);
    expect(status).toBe('scheduled');
    await dispatch(worker);
    expect(await resultOf(worker, id)).toEqual({ status: 'released' });
    expect(tool.struck.get('emailsAttend')).toBeGreaterThan(0);
    expect(await planned(id)).toEqual([{ dedupe_key: `email:${id}:1` }]);
  });

  it('never enters it once it is cancelled', async () => {
    const worker = await startWorker();
    const { id } = await schedule(new Date(), 3_600_000);
    await dispatch(worker);
    await tenant.run((ctx) => cancelEmail(ctx, { id }));
    await dispatch(worker);
    expect(await resultOf(worker, id)).toEqual({ status: 'cancelled' });
    expect(await planned(id)).toEqual([]);
    await expect(tenant.run((ctx) => cancelEmail(ctx, { id }))).rejects.toMatchObject({ code: 'EMAIL_NOT_SCHEDULED' });
  });
});
