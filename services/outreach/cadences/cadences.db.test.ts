import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testMailing, testOutreach } from '../../../test/http/harness.ts';
import { noFaults } from '../../core/fault-points.ts';
import { createAccount, createProspect } from '../../crm/index.ts';
import { createOutboxTransport, createSendDispatcher, listOutbox } from '../../platform/sends/index.ts';
import { rulesAllow, updateContactPolicy } from '../governance/index.ts';
import { settleEmail } from '../index.ts';
import {
  addStep,
  attendEnrollment,
  createCadence,
  createStepMessenger,
  deleteStep,
  enroll,
  enrollmentAllows,
  getCadence,
  getEnrollment,
  noteOutOfOffice,
  noteReply,
  noteStop,
  pauseEnrollment,
  resumeEnrollment,
  unenroll,
  updateStep,
} from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  tenant = await createTenant(database, 'Acme');
  // A Friday afternoon in New York.
  now = new Date('2026-06-05T20:30:00Z');
});

const run: TestTenant['run'] = (work) => tenant.run(work, now);
const messenger = createStepMessenger(testOutreach);
const attend = (enrollmentId: string) => run((ctx) => attendEnrollment(ctx, messenger, enrollmentId));
let people = 0;
const prospect = (fields = {}) =>
  run((ctx) =>
    createProspect(ctx, {
      firstName: 'Ann',
      email: `ann${++people}@x.example`,
      company: 'Globex',
      timeZone: 'America/New_York',
      ...fields,
    }),
  );
const OFFICE = { businessHours: { enabled: true, start: '09:00', end: '17:00', days: [1, 2, 3, 4, 5] } };
const MAIL = { type: 'email', subject: 'Quick question about {{company}}', content: 'Hi {{firstName}}' } as const;
const SDR = [
  MAIL,
  { type: 'call', delayDays: 2, content: 'Call {{firstName}} of {{company}}' },
  { type: 'email', delayDays: 3, content: 'Still there, {{firstName}}?' },
] as const;
const cadence = (input: Partial<Parameters<typeof createCadence>[1]> = {}) =>
  run((ctx) => createCadence(ctx, { name: 'SDR', isActive: true, settings: OFFICE, steps: SDR, ...input }));
async function enrollOne(cadenceId: string, prospectId: string): Promise<string> {
  const { enrolled } = await run((ctx) => enroll(ctx, { id: cadenceId, prospectIds: [prospectId] }));
  return enrolled[0]!.id;
}
/** Looks whenever the process would, on a clock that jumps; answers what it waited for. */
async function walk(enrollmentId: string, most = 20): Promise<string> {
  for (let look = 0; look < most; look++) {
    const attention = await attend(enrollmentId);
    if (attention.status === 'ended') return attention.reason;
    if (attention.waitSeconds === null) return 'paused';
    now = new Date(now.getTime() + attention.waitSeconds * 1000);
  }
  return 'still waiting';
}
const dispatch = async () => {
  const dispatcher = createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets: testMailing.secrets,
    transport: createOutboxTransport({ db: database.app, secrets: testMailing.secrets }),
    guards: [enrollmentAllows, rulesAllow],
    observers: [settleEmail],
    clock: { now: () => now },
    faultPoint: noFaults,
    onError: (error) => {
      throw error;
    },
  });
  while ((await dispatcher.dispatch()) > 0);
};
const outbox = () => run((ctx) => listOutbox(ctx, { page: 1, limit: 100, secrets: testMailing.secrets }));
const history = async (cadenceId: string, enrollmentId: string) =>
  (await run((ctx) => getEnrollment(ctx, { id: cadenceId, enrollmentId }))).history;

describe('an enrollment', () => {
  it('goes through mail, call and mail at the hours of the person, each once, and ends', async () => {
    const { id } = await cadence();
    const person = await prospect({ phone: '+12125550100' });
    const enrollmentId = await enrollOne(id, person.id);
    // Everything is looked at twice at once, as a retried activity would.
    for (let look = 0; look < 8; look++) {
      const [one] = await Promise.all([attend(enrollmentId), attend(enrollmentId)]);
      if (one!.status === 'ended') break;
      await dispatch();
      now = new Date(now.getTime() + (one!.waitSeconds ?? 0) * 1000);
    }
    await dispatch();
    const done = await history(id, enrollmentId);
    expect(done.map(({ stepNumber, outcome, executedAt }) => [stepNumber, outcome, executedAt.toISOString()])).toEqual([
      [1, 'sent', '2026-06-05T20:30:00.000Z'],
      // Sunday is no working day: Monday, nine o'clock.
      [2, 'task', '2026-06-08T13:00:00.000Z'],
      [3, 'sent', '2026-06-11T13:00:00.000Z'],
    ]);
    const { items } = await outbox();
    expect(items.map(({ subject }) => subject)).toEqual([
      'Re: Quick question about Globex',
      'Quick question about Globex',
    ]);
    expect(items[1]!.html).toContain('Hi Ann');
    expect(Object.keys(items[1]!.headers)).toContain('List-Unsubscribe-Post');
    const tasks = await database.owner`select title, type, prospect_id from tasks where prospect_id = ${person.id}`;
    expect(tasks).toEqual([{ title: 'Call Ann of Globex', type: 'call', prospect_id: person.id }]);
    const enrollment = await run((ctx) => getEnrollment(ctx, { id, enrollmentId }));
    expect(enrollment).toMatchObject({ status: 'completed', endReason: 'completed', stepsDone: 3, nextRunAt: null });
    const sends = await database.owner`
      select touch ->> 'enrollmentId' as enrollment, touch ->> 'stepNumber' as step from sends
      where organization_id = ${tenant.organizationId} order by created_at`;
    expect(sends).toEqual([
      { enrollment: enrollmentId, step: '1' },
      { enrollment: enrollmentId, step: '3' },
    ]);
  });

  it('rests after a reply, with colleagues where the cadence says so, and goes on or ends after it', async () => {
    const { id } = await cadence({ settings: { pauseAccountOnReply: true, replyPauseDays: 5 } });
    const account = await run((ctx) => createAccount(ctx, { name: 'Globex' }));
    const [ann, bob] = [await prospect({ accountId: account.id }), await prospect({ accountId: account.id })];
    const [first, second] = [await enrollOne(id, ann.id), await enrollOne(id, bob.id)];
    await attend(first);
    await attend(second);
    await run((ctx) => noteReply(ctx, ann.id, now));
    expect(await attend(first)).toEqual({ status: 'waiting', waitSeconds: 5 * 86_400 });
    expect(await run((ctx) => getEnrollment(ctx, { id, enrollmentId: second }))).toMatchObject({
      status: 'paused',
      pauseReason: 'account_reply',
    });
    await dispatch();
    expect((await outbox()).items).toEqual([]);
    const state = { id, enrollmentId: first };
    await expect(run((ctx) => pauseEnrollment(ctx, state))).rejects.toMatchObject({ code: 'ENROLLMENT_PAUSED' });
    expect(await run((ctx) => resumeEnrollment(ctx, state))).toMatchObject({ status: 'active', repliedAt: now });
    await expect(run((ctx) => resumeEnrollment(ctx, state))).rejects.toMatchObject({ code: 'ENROLLMENT_ACTIVE' });
    now = new Date(now.getTime() + 15 * 60_000);
    await dispatch();
    expect((await outbox()).items).toHaveLength(1);
    expect(await walk(first)).toBe('completed');
    now = new Date('2026-06-20T00:00:00Z');
    expect(await attend(second)).toEqual({ status: 'ended', reason: 'replied' });
    await dispatch();
    const states = await database.owner`
      select state, suppressed_by from sends where prospect_id = ${bob.id}`;
    expect(states).toEqual([{ state: 'suppressed', suppressed_by: 'replied' }]);
    await expect(run((ctx) => unenroll(ctx, { id, enrollmentId: second }))).rejects.toMatchObject({
      code: 'ENROLLMENT_ENDED',
    });
  });

  it('rests until the person is back, and leaves when they want no more or are deleted', async () => {
    const { id } = await cadence();
    const person = await prospect();
    const enrollmentId = await enrollOne(id, person.id);
    await attend(enrollmentId);
    const back = new Date('2026-06-20T12:00:00Z');
    await run((ctx) => noteOutOfOffice(ctx, person.id, back));
    await attend(enrollmentId);
    now = back;
    await attend(enrollmentId);
    // The 20th is a Saturday: the call is due on Monday.
    expect(await run((ctx) => getEnrollment(ctx, { id, enrollmentId }))).toMatchObject({
      status: 'active',
      nextStepNumber: 2,
      nextRunAt: new Date('2026-06-22T13:00:00Z'),
    });
    await run((ctx) => noteStop(ctx, person.id, 'unsubscribed'));
    expect(await attend(enrollmentId)).toEqual({ status: 'ended', reason: 'unsubscribed' });
  });

  it('asks the rules of contact before each step: leaves, passes over or waits as they say', async () => {
    const { id } = await cadence({
      settings: {},
      steps: [{ type: 'sms', content: 'Hi' }, { type: 'linkedin' }, { ...MAIL, delayHours: 1 }],
    });
    const person = await prospect({ phone: '+14155550100', linkedinUrl: 'https://linkedin.com/in/ann' });
    await database.owner`
      insert into contact_consents (organization_id, prospect_id, channel, status, source, occurred_at)
      values (${tenant.organizationId}, ${person.id}, 'sms', 'granted', 'form', ${now})`;
    const enrollmentId = await enrollOne(id, person.id);
    await run((ctx) =>
      ctx.tx
        .insertInto('contact_consents')
        .values({
          prospect_id: person.id,
          channel: 'sms',
          status: 'withdrawn',
          source: 'x',
          occurred_at: new Date(+now + 1),
        })
        .execute(),
    );
    await attend(enrollmentId);
    await attend(enrollmentId);
    await run((ctx) => updateContactPolicy(ctx, { changes: { perPersonPerDay: 1 } }));
    now = new Date(now.getTime() + 3_600_000);
    expect(await attend(enrollmentId)).toEqual({ status: 'waiting', waitSeconds: 23 * 3_600 });
    expect(await run((ctx) => getEnrollment(ctx, { id, enrollmentId }))).toMatchObject({ heldBy: 'person_cap' });
    now = new Date(now.getTime() + 23 * 3_600_000);
    await database.owner`
      insert into email_unsubscribes (organization_id, email, source) values (${tenant.organizationId}, ${person.email}, 'link')`;
    expect(await attend(enrollmentId)).toEqual({ status: 'ended', reason: 'unsubscribed' });
    expect((await history(id, enrollmentId)).map(({ outcome, rule }) => [outcome, rule])).toEqual([
      ['skipped', 'consent'],
      ['task', null],
    ]);
  });
});

describe('a cadence', () => {
  it('may be edited while it runs: what was done is not repeated, the rest is done as it is now', async () => {
    const steps = [1, 2, 3, 4].map((number) => ({
      ...MAIL,
      subject: `Mail ${number}`,
      delayDays: number === 1 ? 0 : 1,
    }));
    const { id, steps: made } = await cadence({ settings: {}, steps });
    await run((ctx) => updateContactPolicy(ctx, { changes: { perPersonPerDay: null, perPersonPerWeek: null } }));
    const person = await prospect();
    const enrollmentId = await enrollOne(id, person.id);
    await walk(enrollmentId, 2);
    // biome-ignore lint/suspicious/noThenProperty: the name that conditions have on the wire
    const asking = { if: { event: 'replied', step: 4 }, then: 'exit' } as const;
    // Two are done. One is put before them, the third is moved to the end, the second is deleted.
    await run((ctx) => addStep(ctx, { id, ...MAIL, stepNumber: 1, subject: 'Too late' }));
    await run((ctx) =>
      addStep(ctx, {
        id,
        ...MAIL,
        subject: 'New end',
        conditions: asking,
      }),
    );
    await run((ctx) => updateStep(ctx, { id, stepId: made[2]!.id, changes: { stepNumber: 6 } }));
    await run((ctx) => deleteStep(ctx, { id, stepId: made[1]!.id }));
    const after = await run((ctx) => getCadence(ctx, { id }));
    expect(after.steps.map(({ subject, stepNumber }) => [stepNumber, subject])).toEqual([
      [1, 'Too late'],
      [2, 'Mail 1'],
      [3, 'Mail 4'],
      [4, 'New end'],
      [5, 'Mail 3'],
    ]);
    // The condition asks about the same step as before.
    expect(after.steps[3]!.conditions!.if.step).toBe(5);
    expect(await walk(enrollmentId)).toBe('completed');
    const mails = await database.owner`
      select m.subject from cadence_step_executions x join emails m on m.id = x.email_id
      where x.enrollment_id = ${enrollmentId} order by x.executed_at`;
    expect(mails.map(({ subject }) => subject)).toEqual(['Mail 1', 'Mail 2', 'Mail 4', 'New end', 'Mail 3']);
    await expect(run((ctx) => deleteStep(ctx, { id, stepId: made[2]!.id }))).rejects.toMatchObject({
      code: 'STEP_IN_USE',
    });
  });
});

describe('caps', () => {
  it('are never exceeded by messages that are handed over at the same time', async () => {
    await run((ctx) => updateContactPolicy(ctx, { changes: { perPersonPerDay: 2, perPersonPerWeek: null } }));
    const person = await prospect();
    for (let number = 0; number < 6; number++) {
      const { id } = await cadence({ settings: {}, steps: [MAIL] });
      await attend(await enrollOne(id, person.id));
    }
    await Promise.all([dispatch(), dispatch(), dispatch()]);
    expect((await outbox()).items).toHaveLength(2);
    now = new Date(now.getTime() + 24 * 3_600_000 + 1);
    await Promise.all([dispatch(), dispatch()]);
    expect((await outbox()).items).toHaveLength(4);
  });
});
