import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createAttributionScheduleActivities } from '../../activities/insight/attribution-schedules.activities.ts';
import { createSchedule, deleteSchedule, getSchedule, listRuns, pauseSchedule } from '../../services/insight/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
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
  await database.owner`update organizations set time_zone = 'Asia/Kolkata' where id = ${tenant.organizationId}`;
});
afterAll(() => database?.drop());

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const activities = createAttributionScheduleActivities({ db: database.app, clock: activityClock });
  return openWorker({ taskQueue: MAIN_QUEUE, activities, ...options });
}

/** Only commands of schedules: the runs that they start are the business of another process. */
const dispatch = async (worker: TestWorker) => {
  const ids = await database.owner<{ id: string }[]>`
    select id from process_commands where kind = 'schedule' and status = 'pending'`;
  return dispatcherOf(database, worker).dispatch(ids.map((row) => row.id));
};

const create = () =>
  tenant.run((ctx) =>
    createSchedule(ctx, {
      name: 'Weekly',
      modelCode: 'LINEAR',
      config: {},
      periodDays: 7,
      frequency: 'weekly',
      weekday: 1,
      timeOfDay: '02:30',
    }),
  );
const scheduleId = (id: string) => `attributionSchedule:${tenant.organizationId}:${id}`;
const fired = (id: string) =>
  vi.waitFor(
    async () => {
      const { lastRun } = await tenant.run((ctx) => getSchedule(ctx, { scheduleId: id }));
      expect(lastRun).not.toBeNull();
      return lastRun!;
    },
    { timeout: 30_000, interval: 200 },
  );

describe('a schedule of the attribution process', () => {
  it('is made in the zone of the organization, follows its row, and goes with it', async () => {
    const worker = await startWorker();
    const { id } = await create();
    await dispatch(worker);
    const handle = worker.client.schedule.getHandle(scheduleId(id));
    const { spec, state, policies } = await handle.describe();
    expect(spec.timezone).toBe('Asia/Kolkata');
    expect(spec.calendars?.map((at) => [at.hour, at.minute, at.dayOfWeek])).toEqual(
      [2, 3].map((hour) => [
        [expect.objectContaining({ start: hour })],
        [expect.objectContaining({ start: 30 })],
        [expect.objectContaining({ start: 'MONDAY' })],
      ]),
    );
    expect([state.paused, policies.overlap]).toEqual([false, 'SKIP']);
    await tenant.run((ctx) => pauseSchedule(ctx, { scheduleId: id }));
    // A call whose answer was lost is repeated.
    await database.owner`update process_commands set status = 'pending' where entity_id = ${id}`;
    await dispatch(worker);
    await vi.waitFor(async () => expect((await handle.describe()).state.paused).toBe(true), { timeout: 10_000 });
    await tenant.run((ctx) => deleteSchedule(ctx, { scheduleId: id }));
    await dispatch(worker);
    await database.owner`update process_commands set status = 'pending' where entity_id = ${id} and input = 'null'`;
    await dispatch(worker);
    await vi.waitFor(() => expect(handle.describe()).rejects.toThrow(), { timeout: 10_000 });
  });

  it('makes one executed run for a firing, also when every activity is run twice and every task replayed', async () => {
    const tool = failAfterCommit();
    const worker = await startWorker({ activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 });
    const { id } = await create();
    await dispatch(worker);
    const handle = worker.client.schedule.getHandle(scheduleId(id));
    await handle.trigger();
    const run = await fired(id);
    await vi.waitFor(
      async () => {
        const { info } = await handle.describe();
        expect(info.recentActions).toHaveLength(1);
        const [action] = info.recentActions;
        if (action?.action.type !== 'startWorkflow') throw new Error('nothing was started');
        const started = worker.client.workflow.getHandle(action.action.workflow.workflowId);
        expect(await started.result()).toEqual({ status: 'repeated', runId: run.id });
      },
      { timeout: 30_000, interval: 300 },
    );
    expect([...tool.struck.keys()]).toEqual(['attributionScheduleFire']);
    const { items } = await tenant.run((ctx) => listRuns(ctx, { page: 1, limit: 50 }));
    expect(items.map(({ id: runId, status }) => [runId, status])).toEqual([[run.id, 'running']]);
    await handle.delete();
  });
});
