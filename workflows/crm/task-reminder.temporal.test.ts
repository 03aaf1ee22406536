import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createReminderActivities } from '../../activities/crm/reminders.activities.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { completeTask, createTask, updateTask } from '../../services/crm/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { startTimeSkipping, TIME_SKIPPING_REASON, type TimeSkipping } from '../../test/temporal/time-skipping.ts';
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
  const activities = createReminderActivities({ db: database.app, clock: activityClock, faultPoint: noFaults });
  return openWorker({ taskQueue: MAIN_QUEUE, activities, ...options });
}
const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();
const workflowId = (id: string, generation = 1) => `task:${tenant.organizationId}:${id}:${generation}`;
const told = async (id: string) =>
  await database.owner<{ type: string; occurred_at: Date }[]>`
    select type, occurred_at from domain_events
    where entity_id = ${id} and type in ('task.due_soon', 'task.overdue') order by occurred_at, id`;
const inHours = (from: Date, hours: number) => new Date(from.getTime() + hours * 3_600_000);

describe('the reminders of a task', () => {
  it('end once it is completed', async () => {
    const worker = await startWorker();
    const now = new Date();
    const { id } = await tenant.run((ctx) => createTask(ctx, { dueAt: inHours(now, 48) }), now);
    await dispatch(worker);
    const handle = worker.client.workflow.getHandle(workflowId(id));
    expect(await (await handle.describe()).staticSummary()).toBe(`Reminders of task ${id}, generation 1`);
    await tenant.run((ctx) => completeTask(ctx, { id }), now);
    await dispatch(worker);
    expect(await handle.result()).toEqual({ status: 'closed' });
    expect(await told(id)).toEqual([]);
  });

  it('are told once when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const start = new Date('2026-06-30T12:00:00Z');
    let hours = 1.5;
    const worker = await startWorker({
      activityInterceptors: [tool.interceptor],
      maxCachedWorkflows: 0,
      readNow: () => inHours(start, hours),
    });
    const { id } = await tenant.run((ctx) => createTask(ctx, { dueAt: inHours(start, 2) }), start);
    await dispatch(worker);
    const handle = worker.client.workflow.getHandle(workflowId(id));
    await vi.waitFor(async () => expect(await told(id)).toHaveLength(1), { timeout: 20_000 });
    hours = 3;
    await handle.signal('reminderChanged');
    expect(await handle.result()).toEqual({ status: 'told' });
    expect(tool.struck.get('remindersAttend')).toBeGreaterThan(0);
    expect((await told(id)).map((row) => row.type)).toEqual(['task.due_soon', 'task.overdue']);
  });
});

const executable = inject('timeSkippingServerPath');

describe.skipIf(executable === null)(`the months of a task (${TIME_SKIPPING_REASON})`, () => {
  let time: TimeSkipping;
  beforeAll(async () => {
    time = await startTimeSkipping(executable!);
  });
  afterAll(() => time?.close());

  it('bring a notice an hour before and one when it is overdue, over a change of clocks, and a new date both anew', async () => {
    const worker = await startWorker({ address: time.address, namespace: 'default', readNow: time.readNow });
    const result = (id: string, generation: number) =>
      time.environment.client.workflow.getHandle(workflowId(id, generation)).result();
    const start = await time.readNow();
    // Nine in the morning of Berlin, 200 days on: a change of clocks lies between, wherever the year begins.
    const day = inHours(start, 200 * 24)
      .toISOString()
      .slice(0, 10);
    const [nine] = await database.owner<{ at: Date }[]>`
      select (${day}::date + time '09:00') at time zone 'Europe/Berlin' as at`;
    const { id } = await tenant.run((ctx) => createTask(ctx, { dueAt: inHours(start, 24) }), start);
    await tenant.run((ctx) => updateTask(ctx, { id, changes: { dueAt: nine!.at } }), start);
    await dispatch(worker);
    expect(await result(id, 1)).toEqual({ status: 'replaced' });
    expect(await result(id, 2)).toEqual({ status: 'told' });
    const [soon, late, ...rest] = await told(id);
    expect(rest).toEqual([]);
    expect([soon!.type, late!.type]).toEqual(['task.due_soon', 'task.overdue']);
    const minutesAfterNine = (at: Date) => (at.getTime() - nine!.at.getTime()) / 60_000;
    expect(minutesAfterNine(soon!.occurred_at)).toBeCloseTo(-60, 0);
    expect(minutesAfterNine(late!.occurred_at)).toBeCloseTo(0, 0);

    const again = inHours(await time.readNow(), 72);
    await tenant.run((ctx) => updateTask(ctx, { id, changes: { dueAt: again } }), await time.readNow());
    await dispatch(worker);
    expect(await result(id, 3)).toEqual({ status: 'told' });
    expect((await told(id)).map((row) => row.type)).toEqual([
      'task.due_soon',
      'task.overdue',
      'task.due_soon',
      'task.overdue',
    ]);
  });
});
