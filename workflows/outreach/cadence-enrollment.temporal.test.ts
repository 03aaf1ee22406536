import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createCadenceActivities } from '../../activities/outreach/cadences.activities.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createProspect } from '../../services/crm/index.ts';
import {
  createCadence,
  createStepMessenger,
  enroll,
  getEnrollment,
  pauseEnrollment,
  resumeEnrollment,
  type StepMessenger,
  simulateCadence,
  unenroll,
} from '../../services/outreach/cadences/index.ts';
import { updateContactPolicy } from '../../services/outreach/governance/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { testOutreach } from '../../test/http/harness.ts';
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
});
beforeEach(async () => {
  tenant = await createTenant(database);
  await tenant.run((ctx) =>
    updateContactPolicy(ctx, { changes: { perPersonPerDay: null, perPersonPerWeek: null, perAccountPerDay: null } }),
  );
});
afterAll(() => database?.drop());

const send = createStepMessenger(testOutreach);

async function startWorker(options: Partial<TestWorkerOptions> = {}, messenger = send): Promise<TestWorker> {
  const deps = { db: database.app, clock: activityClock, faultPoint: noFaults, messenger };
  return openWorker({
    taskQueue: MAIN_QUEUE,
    activities: createCadenceActivities(deps),
    ...options,
  });
}
const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();
const workflowId = (id: string) => `enrollment:${tenant.organizationId}:${id}`;
const MAIL = { type: 'email', subject: 'Hi {{firstName}}', content: 'Hello' } as const;
let people = 0;
const person = (timeZone: string) =>
  tenant.run((ctx) =>
    createProspect(ctx, { firstName: 'Ann', email: `a${++people}@x.example`, phone: '+12125550100', timeZone }),
  );

describe('the process of an enrollment', () => {
  it('does each step once, pauses, goes on and ends as its row says, when every activity is run twice', async () => {
    const tool = failAfterCommit();
    const start = new Date('2026-06-30T12:00:00Z');
    let hours = 0;
    const at = () => new Date(start.getTime() + hours * 3_600_000);
    const worker = await startWorker({
      activityInterceptors: [tool.interceptor],
      maxCachedWorkflows: 0,
      readNow: at,
    });
    const { id, enrollmentId } = await tenant.run(async (ctx) => {
      const steps = [MAIL, { ...MAIL, delayDays: 1 }, { ...MAIL, delayDays: 1 }];
      const cadence = await createCadence(ctx, { name: 'C', isActive: true, steps });
      const ann = await createProspect(ctx, { email: 'ann@x.example', firstName: 'Ann' });
      const { enrolled } = await enroll(ctx, { id: cadence.id, prospectIds: [ann.id] });
      return { id: cadence.id, enrollmentId: enrolled[0]!.id };
    }, start);
    await dispatch(worker);
    const key = { id, enrollmentId };
    const read = () => tenant.run((ctx) => getEnrollment(ctx, key), at());
    const handle = worker.client.workflow.getHandle(workflowId(enrollmentId));
    const tell = () => handle.signal('enrollmentChanged');
    await vi.waitFor(async () => expect((await read()).stepsDone).toBe(1), { timeout: 20_000 });
    hours = 24;
    await tenant.run((ctx) => pauseEnrollment(ctx, key), at());
    await dispatch(worker);
    await tell();
    await tenant.run((ctx) => resumeEnrollment(ctx, key), at());
    await dispatch(worker);
    await vi.waitFor(async () => expect((await read()).stepsDone).toBe(2), { timeout: 20_000 });
    await tenant.run((ctx) => unenroll(ctx, key), at());
    await dispatch(worker);
    expect(await handle.result()).toEqual({ reason: 'unenrolled' });
    expect(tool.struck.get('cadencesAttend')).toBeGreaterThan(1);
    const sends = await database.owner`
      select touch ->> 'stepNumber' as step from sends
      where organization_id = ${tenant.organizationId} order by created_at`;
    expect(sends.map(({ step }) => step)).toEqual(['1', '2']);
  });
});

const executable = inject('timeSkippingServerPath');

describe.skipIf(executable === null)(`the weeks of a cadence (${TIME_SKIPPING_REASON})`, () => {
  let time: TimeSkipping;
  beforeAll(async () => {
    time = await startTimeSkipping(executable!);
  });
  afterAll(() => time?.close());

  it('are the ones that were rehearsed, to the second, over zones, branches and changes of clocks', async () => {
    const start = await time.readNow();
    // 150 days lie over a change of clocks, wherever the year begins.
    const steps = [
      MAIL,
      { type: 'call', delayDays: 2, delayHours: 3 } as const,
      // biome-ignore lint/suspicious/noThenProperty: the name that conditions have on the wire
      { ...MAIL, delayDays: 60, conditions: { if: { event: 'opened', step: 1 }, then: 5, else: 'run' } } as const,
      { ...MAIL, delayDays: 90 },
      { type: 'task', delayHours: 5 } as const,
    ];
    const hours = { enabled: true, start: '09:00', end: '17:00', days: [1, 2, 3, 4, 5] };
    const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Sydney'];
    const settings = { businessHours: hours, autoPauseOnReply: false };
    const cadence = await tenant.run(
      (ctx) => createCadence(ctx, { name: 'C', isActive: true, settings, steps }),
      start,
    );
    const model = { people: 8, seed: '7', openRate: 0.5, clickRate: 0.5, replyRate: 0, timeZones: zones };
    const { timeline } = await tenant.run(
      (ctx) => simulateCadence(ctx, { id: cadence.id, startAt: start, ...model }),
      start,
    );
    const prospects: { id: string }[] = [];
    for (let number = 0; number < model.people; number++) prospects.push(await person(zones[number % zones.length]!));
    const numberOf = (prospectId: string) => prospects.findIndex(({ id }) => id === prospectId) + 1;
    // People open as the rehearsal has it.
    const openedBy: StepMessenger = async (ctx, message) => {
      const sent = await send(ctx, message);
      const opened = timeline.find(
        ({ person: who, step, event }) =>
          event === 'opened' && who === numberOf(message.prospectId) && step === message.step.stepNumber,
      );
      if (sent.kind === 'planned' && opened) {
        const openedAt = new Date(opened.at);
        await ctx.tx.updateTable('emails').set({ opened_at: openedAt }).where('id', '=', sent.emailId).execute();
      }
      return sent;
    };
    const worker = await startWorker({ address: time.address, namespace: 'default', readNow: time.readNow }, openedBy);
    const { enrolled } = await tenant.run(
      (ctx) => enroll(ctx, { id: cadence.id, prospectIds: prospects.map(({ id }) => id) }),
      start,
    );
    await dispatch(worker);
    const { workflow } = time.environment.client;
    for (const { id } of enrolled)
      expect(await workflow.getHandle(workflowId(id)).result()).toEqual({ reason: 'completed' });

    const lived = await database.owner<{ who: string; step: number; what: string; at: Date }[]>`
      select prospect_id as who, step_number as step, executed_at as at,
             case when outcome = 'skipped' then 'skipped' else type end as what
      from cadence_step_executions where cadence_id = ${cadence.id}`;
    const line = (who: number, step: number | null, what: string) => `${who} ${step} ${what}`;
    const real = new Map(lived.map(({ who, step, what, at }) => [line(numberOf(who), step, what), at.getTime()]));
    const told = new Set(['email', 'call', 'task', 'skipped']);
    const rehearsed = timeline.filter(({ event }) => told.has(event));
    expect([...real.keys()].sort()).toEqual(
      rehearsed.map(({ person: who, step, event }) => line(who, step, event)).sort(),
    );
    expect(rehearsed.some(({ event }) => event === 'skipped')).toBe(true);
    expect(new Set(rehearsed.map(({ step, event }) => `${step} ${event}`)).size).toBeGreaterThan(5);
    for (const { person: who, step, event, at } of rehearsed) {
      // Each look comes within a second of its time, and later delays count from it.
      expect(Math.abs(real.get(line(who, step, event))! - at)).toBeLessThan(step! * 2_000);
    }
    for (const { id, prospectId } of enrolled) {
      const times = new Set(lived.filter(({ who }) => who === prospectId).map(({ at }) => at.getTime()));
      // Whoever is enrolled outside the hours is looked at once before anything is due.
      const looks = times.size + (Math.min(...times) - start.getTime() > 60_000 ? 1 : 0);
      const history = await workflow.getHandle(workflowId(id)).fetchHistory();
      expect(history.events!.length).toBeLessThanOrEqual(11 * looks);
    }
  });
});
