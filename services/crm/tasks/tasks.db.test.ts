import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { listProspectActivities } from '../activities/activities.ts';
import { createProspect } from '../prospects/create-prospect.ts';
import { attendReminder } from '../reminders/attend-reminder.ts';
import { completeTask, createTask, deleteTask, updateTask } from './change-task.ts';
import { listTasks, readTask } from './task-view.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

async function person(name: string, timezone: string | null = null, teamId: string | null = null): Promise<string> {
  const [user] = await database.owner`
    insert into users (organization_id, email, first_name, timezone, team_id)
    values (${tenant.organizationId}, ${`${name}.${tenant.organizationId}@x.example`}, ${name}, ${timezone}, ${teamId})
    returning id`;
  return user!.id;
}
const commands = (id: string) => database.owner`
  select kind, generation from process_commands where entity_id = ${id} order by created_at, id`;
const events = async (id: string) =>
  (await database.owner`select type from domain_events where entity_id = ${id} order by created_at, id`).map(
    (row) => row.type,
  );
const due = (time: string) => new Date(time);

describe('a task', () => {
  it('is completed once, stands in the timeline with its outcome, and leaves it when deleted', async () => {
    const { task, prospect } = await tenant.run(async (ctx) => {
      const made = await createProspect(ctx, { firstName: 'Ann', lastName: 'Lee' });
      const dueAt = due('2026-06-30T15:00:00Z');
      return { prospect: made, task: await createTask(ctx, { prospectId: made.id, type: 'call', dueAt }) };
    });
    expect(task).toMatchObject({ title: 'Call', status: 'open', overdue: false, prospectName: 'Ann Lee', version: 1 });
    const complete = () => tenant.run((ctx) => completeTask(ctx, { id: task.id, outcome: 'reached' }));
    const outcomes = await Promise.allSettled([complete(), complete()]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
      reason: { kind: 'conflict', code: 'TASK_CLOSED' },
    });
    const timeline = () =>
      tenant.run((ctx) => listProspectActivities(ctx, { prospectId: prospect.id, page: 1, limit: 9 }));
    expect((await timeline()).items).toMatchObject([
      { type: 'task_completed', subject: 'Call', data: { type: 'call', outcome: 'reached' } },
    ]);
    expect(await events(task.id)).toEqual(['task.created', 'task.completed']);
    expect(await commands(task.id)).toEqual([
      { kind: 'start', generation: 1 },
      { kind: 'signal', generation: 1 },
    ]);
    await expect(tenant.run((ctx) => updateTask(ctx, { id: task.id, changes: { title: 'x' } }))).rejects.toMatchObject({
      code: 'TASK_CLOSED',
    });
    await tenant.run((ctx) => deleteTask(ctx, { id: task.id }));
    expect((await timeline()).total).toBe(0);
    await expect(tenant.run((ctx) => readTask(ctx, task.id))).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('begins its reminders anew under a new date, and nothing else does', async () => {
    const userId = await person('grace');
    const { id } = await tenant.run((ctx) => createTask(ctx, { dueAt: due('2026-06-30T12:30:00Z') }));
    const look = (generation: number, now?: Date) =>
      tenant.run((ctx) => attendReminder(ctx, { entity: 'task', entityId: id, generation }), now);
    expect(await look(1)).toEqual({ status: 'waiting', waitSeconds: 1800 });
    expect((await tenant.run((ctx) => readTask(ctx, id))).version).toBe(1);
    await tenant.run((ctx) => updateTask(ctx, { id, expectedVersion: 1, changes: { assigneeId: userId } }));
    expect(await commands(id)).toHaveLength(1);
    const changes = { dueAt: due('2026-07-02T12:00:00Z') };
    expect((await tenant.run((ctx) => updateTask(ctx, { id, expectedVersion: 2, changes }))).version).toBe(3);
    expect(await look(1)).toEqual({ status: 'replaced' });
    expect(await look(2)).toEqual({ status: 'waiting', waitSeconds: 47 * 3600 });
    expect(await look(2, due('2026-07-02T11:00:00Z'))).toEqual({ status: 'waiting', waitSeconds: 3600 });
    expect(await look(2, due('2026-07-02T12:00:00Z'))).toEqual({ status: 'told' });
    expect(await look(2, due('2026-07-02T13:00:00Z'))).toEqual({ status: 'told' });
    expect(await events(id)).toEqual([
      'task.created',
      'task.due_soon',
      'task.assigned',
      'task.due_soon',
      'task.overdue',
    ]);
    expect((await commands(id)).map((row) => `${row.kind} ${row.generation}`)).toEqual([
      'start 1',
      'signal 1',
      'start 2',
    ]);
    await tenant.run((ctx) => updateTask(ctx, { id, changes: { dueAt: null } }));
    expect(await look(3)).toEqual({ status: 'told' });
    expect(await commands(id)).toHaveLength(4);
  });

  it.each([['assigneeId'], ['prospectId'], ['dealId'], ['teamId']])(
    'is refused with the %s of nobody',
    async (field) => {
      const unknown = '018f0000-0000-7000-8000-000000000000';
      await expect(tenant.run((ctx) => createTask(ctx, { [field]: unknown }))).rejects.toMatchObject({
        extras: { issues: [{ field }] },
      });
    },
  );
});

describe('the tasks of a day', () => {
  it('are those of the day in the time zone of their assignee, on days of 23 and of 25 hours too', async () => {
    const [auckland, berlin] = [await person('aki', 'Pacific/Auckland'), await person('ben', 'Europe/Berlin')];
    const titles = async (userId: string, date: string, now?: Date) => {
      const list = await tenant.run((ctx) => listTasks(ctx, { userId, date, page: 1, limit: 50 }), now);
      return list.items.map((task) => task.title);
    };
    await tenant.run(async (ctx) => {
      const add = (assigneeId: string, title: string, time: string) =>
        createTask(ctx, { assigneeId, title, dueAt: due(time) });
      await add(auckland, 'first of 1 July', '2026-06-30T12:00:00Z');
      await add(auckland, 'last of 1 July', '2026-07-01T11:59:59Z');
      // In Berlin the clocks go forward on 29 March 2026 and back on 25 October.
      await add(berlin, 'first of the short day', '2026-03-28T23:00:00Z');
      await add(berlin, 'last of the short day', '2026-03-29T21:59:59Z');
      await add(berlin, 'after the short day', '2026-03-29T22:00:00Z');
      await add(berlin, 'first of the long day', '2026-10-24T22:00:00Z');
      await add(berlin, 'last of the long day', '2026-10-25T22:59:59Z');
      await add(berlin, 'after the long day', '2026-10-25T23:00:00Z');
    });
    expect(await titles(auckland, '2026-06-30', due('2026-06-29T00:00:00Z'))).toEqual([]);
    expect(await titles(auckland, '2026-07-01')).toEqual(['first of 1 July', 'last of 1 July']);
    expect(await titles(berlin, '2026-03-29')).toEqual(['first of the short day', 'last of the short day']);
    expect(await titles(berlin, '2026-10-25')).toEqual(['first of the long day', 'last of the long day']);
  });

  it('bring what is overdue along today alone, the most urgent first, by type, and by team', async () => {
    const [team] = await database.owner`
      insert into teams (organization_id, name) values (${tenant.organizationId}, 'Inside') returning id`;
    const userId = await person('ida', null, team!.id);
    await tenant.run(async (ctx) => {
      const add = (title: string, dueAt: string, rest = {}) =>
        createTask(ctx, { assigneeId: userId, title, dueAt: due(dueAt), ...rest });
      await add('late', '2026-06-01T08:00:00Z', { type: 'call' });
      await add('today', '2026-06-30T18:00:00Z', { priority: 'urgent' });
      await add('tomorrow', '2026-07-01T08:00:00Z');
      const done = await add('done', '2026-06-30T09:00:00Z', { priority: 'low' });
      await completeTask(ctx, { id: done.id });
    });
    const list = (input: object) => tenant.run((ctx) => listTasks(ctx, { userId, page: 1, limit: 50, ...input }));
    const titles = async (input: object) => (await list(input)).items.map((task) => task.title);
    expect(await titles({ date: '2026-06-30' })).toEqual(['today', 'late', 'done']);
    expect(await titles({ date: '2026-06-30', userId: undefined, teamId: team!.id })).toEqual([
      'today',
      'late',
      'done',
    ]);
    expect(await titles({ date: '2026-06-30', type: 'call' })).toEqual(['late']);
    expect(await titles({ date: '2026-07-01' })).toEqual(['tomorrow']);
    expect(await titles({ status: 'open' })).toEqual(['late', 'today', 'tomorrow']);
    expect(await titles({ overdue: true })).toEqual(['late']);
    expect((await list({ date: '2026-06-30', page: 9 })).total).toBe(3);
    const [plan] = await database.owner`select proname, prosecdef from pg_proc where proname = 'get_daily_tasks'`;
    expect(plan).toMatchObject({ prosecdef: false });
  });

  it('are nobody else’s', async () => {
    const other = await createTenant(database, 'Other');
    const seen = await other.run((ctx) => listTasks(ctx, { date: '2026-06-30', page: 1, limit: 50 }));
    expect(seen).toEqual({ items: [], total: 0 });
  });
});
