import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeToEnd } from '../../../test/attribution/execute.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import {
  createSchedule,
  deleteSchedule,
  fireSchedule,
  getRun,
  getSchedule,
  listSchedules,
  pauseSchedule,
  resumeSchedule,
} from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

async function tenantIn(timeZone: string): Promise<TestTenant> {
  const tenant = await createTenant(database);
  await database.owner`update organizations set time_zone = ${timeZone} where id = ${tenant.organizationId}`;
  return tenant;
}
const DAILY = {
  name: 'Nightly',
  modelCode: 'LINEAR' as const,
  config: { timeWindowHours: 168 },
  periodDays: 7,
  frequency: 'daily' as const,
  timeOfDay: '02:30',
};
const create = (tenant: TestTenant, extra: object = {}, now?: Date) =>
  tenant.run((ctx) => createSchedule(ctx, { ...DAILY, ...extra }), now);
const fire = (tenant: TestTenant, scheduleId: string, scheduledAt: string) =>
  tenant.run((ctx) => fireSchedule(ctx, { scheduleId, scheduledAt }));
const commandsOf = (id: string) => database.owner<
  { kind: string; input: { paused: boolean; timeZone: string } | null }[]
>`
  select kind, input from process_commands where entity_id = ${id} order by id`;

describe('a schedule of runs', () => {
  it('asks for a schedule in the zone of the organization, for its pause, and for its end', async () => {
    const tenant = await tenantIn('Europe/Berlin');
    const { id } = await create(tenant);
    await tenant.run((ctx) => pauseSchedule(ctx, { scheduleId: id }));
    await expect(tenant.run((ctx) => pauseSchedule(ctx, { scheduleId: id }))).rejects.toMatchObject({
      code: 'ALREADY_PAUSED',
    });
    expect((await tenant.run((ctx) => getSchedule(ctx, { scheduleId: id }))).nextRunAt).toBeNull();
    await tenant.run((ctx) => resumeSchedule(ctx, { scheduleId: id }));
    await tenant.run((ctx) => deleteSchedule(ctx, { scheduleId: id }));
    const commands = await commandsOf(id);
    expect(commands.map(({ kind, input }) => [kind, input?.paused ?? null])).toEqual([
      ['schedule', false],
      ['schedule', true],
      ['schedule', false],
      ['schedule', null],
    ]);
    expect(commands[0]!.input).toEqual({
      timeZone: 'Europe/Berlin',
      paused: false,
      wallClocks: [
        { hour: 2, minute: 30 },
        { hour: 3, minute: 30 },
      ],
      input: { organizationId: tenant.organizationId, scheduleId: id },
    });
    await expect(tenant.run((ctx) => getSchedule(ctx, { scheduleId: id }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await tenant.run((ctx) => listSchedules(ctx, { page: 1, limit: 5 }))).total).toBe(0);
  });

  it('knows its next time on both sides of a change of the clocks, and on its days alone', async () => {
    const tenant = await tenantIn('Europe/Berlin');
    const next = async (extra: object, now: string) =>
      (await create(tenant, extra, new Date(now))).nextRunAt?.toISOString();
    // In Berlin the clocks are changed on 29 March and 25 October 2026.
    expect(await next({ timeOfDay: '06:00' }, '2026-03-28T12:00:00Z')).toBe('2026-03-29T04:00:00.000Z');
    expect(await next({ timeOfDay: '06:00' }, '2026-03-27T12:00:00Z')).toBe('2026-03-28T05:00:00.000Z');
    expect(await next({ timeOfDay: '02:30' }, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(await next({ timeOfDay: '06:00' }, '2026-10-24T12:00:00Z')).toBe('2026-10-25T05:00:00.000Z');
    const weekly = { frequency: 'weekly', weekday: 1, timeOfDay: '06:00' };
    expect(await next(weekly, '2026-06-30T12:00:00Z')).toBe('2026-07-06T04:00:00.000Z');
    const monthly = { frequency: 'monthly', monthDay: 1, timeOfDay: '06:00' };
    expect(await next(monthly, '2026-07-01T04:00:00Z')).toBe('2026-08-01T04:00:00.000Z');
  });

  it('makes one run a day over the whole local days before, however often it is fired', async () => {
    const tenant = await tenantIn('America/New_York');
    const { id } = await create(tenant);
    // 02:30 does not exist there on 8 March 2026: the second look is at 03:30.
    const first = await fire(tenant, id, '2026-03-08T07:30:00Z');
    expect(first.status).toBe('started');
    const run = await tenant.run((ctx) => getRun(ctx, { runId: first.runId! }));
    expect(run).toMatchObject({
      name: 'Nightly · 2026-03-08',
      status: 'running',
      config: { startDate: '2026-03-01', endDate: '2026-03-07', timeWindowHours: 168 },
    });
    expect(await fire(tenant, id, '2026-03-08T07:30:00Z')).toEqual({ status: 'repeated', runId: first.runId });
    await executeToEnd(tenant, first.runId!);
    // 01:30 happens twice there on 1 November; late in the day in London is the same day there.
    const autumn = await fire(tenant, id, '2026-11-01T05:30:00Z');
    expect(autumn.status).toBe('started');
    expect(await fire(tenant, id, '2026-11-01T06:30:00Z')).toEqual({ status: 'repeated', runId: autumn.runId });
    expect((await tenant.run((ctx) => getSchedule(ctx, { scheduleId: id }))).lastRun).toEqual({
      id: autumn.runId,
      day: '2026-11-01',
      status: 'running',
    });
  });

  it('skips a firing while the run before is going on, and tells so once', async () => {
    const tenant = await tenantIn('UTC');
    const { id } = await create(tenant);
    const first = await fire(tenant, id, '2026-06-01T02:30:00Z');
    expect((await fire(tenant, id, '2026-06-02T02:30:00Z')).status).toBe('skipped');
    expect((await fire(tenant, id, '2026-06-02T03:30:00Z')).status).toBe('skipped');
    expect((await tenant.run((ctx) => getSchedule(ctx, { scheduleId: id }))).skipped).toBe(1);
    await executeToEnd(tenant, first.runId!);
    expect((await fire(tenant, id, '2026-06-03T02:30:00Z')).status).toBe('started');
  });

  it('makes one run when it is fired twice at once, and none when it is paused or deleted', async () => {
    const tenant = await tenantIn('UTC');
    const { id } = await create(tenant);
    const both = await Promise.all([1, 2, 3].map(() => fire(tenant, id, '2026-06-01T02:30:00Z')));
    expect(both.map(({ status }) => status).sort()).toEqual(['repeated', 'repeated', 'started']);
    await tenant.run((ctx) => pauseSchedule(ctx, { scheduleId: id }));
    expect((await fire(tenant, id, '2026-06-02T02:30:00Z')).status).toBe('gone');
    await tenant.run((ctx) => deleteSchedule(ctx, { scheduleId: id }));
    expect((await fire(tenant, id, '2026-06-02T02:30:00Z')).status).toBe('gone');
  });

  it.each([
    [{ config: { startDate: '2026-01-01' } }, 'config.startDate'],
    [{ frequency: 'weekly' }, 'weekday'],
    [{ weekday: 3 }, 'weekday'],
    [{ frequency: 'monthly' }, 'monthDay'],
    [{ config: { teamId: crypto.randomUUID() } }, 'config.teamId'],
  ])('with %j is refused, naming the field', async (extra, field) => {
    const tenant = await tenantIn('UTC');
    await expect(create(tenant, extra)).rejects.toMatchObject({
      kind: 'validation',
      extras: { issues: [expect.objectContaining({ field })] },
    });
  });
});
