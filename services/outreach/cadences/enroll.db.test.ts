import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testOutreach } from '../../../test/http/harness.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import {
  addListMembers,
  applyCallEvents,
  completeTask,
  createList,
  createProspect,
  getTask,
  logCall,
  type ToldCall,
} from '../../crm/index.ts';
import { recordSignals } from '../../crm/intent/index.ts';
import { createScoringModel, listThresholds, scoreProspects } from '../../crm/lead-scoring/index.ts';
import { CRM_REACTIONS } from '../../crm/reactions.ts';
import { OUTREACH_REACTIONS } from '../reactions.ts';
import {
  activateCadence,
  addStep,
  attendEnrollment,
  createCadence,
  createEnrollingThreshold,
  createStepMessenger,
  deactivateCadence,
  deleteCadence,
  enroll,
  enrollmentAllows,
  getEnrollment,
  listEnrollments,
  noteOutOfOffice,
  noteReply,
  resumeEnrollment,
  unenroll,
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
  now = new Date('2026-06-05T20:30:00Z');
});

const run: TestTenant['run'] = (work) => tenant.run(work, now);
const attend = (enrollmentId: string) =>
  run((ctx) => attendEnrollment(ctx, createStepMessenger(testOutreach), enrollmentId));
let people = 0;
const prospect = (fields = {}) =>
  run((ctx) => createProspect(ctx, { firstName: 'Ann', email: `ann${++people}@x.example`, ...fields }));
const MAIL = { type: 'email', subject: 'Hi', content: 'Hi {{firstName}}' } as const;
const cadence = (input: Partial<Parameters<typeof createCadence>[1]> = {}) =>
  run((ctx) => createCadence(ctx, { name: 'SDR', isActive: true, steps: [MAIL], ...input }));

describe('enrolling', () => {
  it('takes people by ids, list, segment, filter and CSV, and refuses the rest with the rule', async () => {
    const { id } = await cadence();
    const [ann, bob, customer] = [await prospect(), await prospect(), await prospect({ status: 'customer' })];
    const nobody = '019a9f00-0000-7000-8000-00000000abcd';
    const first = await run((ctx) => enroll(ctx, { id, prospectIds: [ann.id, customer.id, nobody, ann.id] }));
    expect(first).toMatchObject({ enrolledCount: 1, refusedCount: 2, enrolled: [{ prospectId: ann.id }] });
    expect(first.refused.map(({ rule }) => rule).sort()).toEqual(['customer', 'unknown']);
    const list = await run(async (ctx) => {
      const made = await createList(ctx, { name: 'L', type: 'static' });
      await addListMembers(ctx, { id: made.id, prospectIds: [ann.id, bob.id] });
      return made;
    });
    const second = await run((ctx) => enroll(ctx, { id, listId: list.id }));
    expect(second).toMatchObject({
      enrolled: [{ prospectId: bob.id }],
      refused: [{ prospectId: ann.id, rule: 'already_enrolled' }],
    });
    const filter = { field: 'status', op: 'eq', value: 'customer' };
    expect(await run((ctx) => enroll(ctx, { id, filter }))).toMatchObject({ enrolledCount: 0, refusedCount: 1 });
    const zoe = await prospect({ email: 'zoe@x.example' });
    const csv = `\uFEFFName;Email\r\n"Zoe; Z";ZOE@x.example\r\n;who@x.example\r\n\r\n`;
    expect(await run((ctx) => enroll(ctx, { id, csv }))).toMatchObject({
      enrolled: [{ prospectId: zoe.id }],
      refused: [{ prospectId: null, rule: 'unknown', message: 'Line 3: who@x.example is no prospect.' }],
    });
    await expect(run((ctx) => enroll(ctx, { id, csv, filter }))).rejects.toMatchObject({ kind: 'validation' });
    expect((await run((ctx) => listEnrollments(ctx, { id, page: 1, limit: 9 }))).total).toBe(3);
    const starts = await database.owner`
      select count(*)::integer from process_commands
      where organization_id = ${tenant.organizationId} and process = 'enrollment' and kind = 'start'`;
    expect(starts[0]!.count).toBe(3);
  });

  it('takes a person again only when the cadence says so, and two requests at once take them once', async () => {
    const { id } = await cadence({ settings: { reEnrollAfterDays: 10 } });
    const ann = await prospect();
    const both = await Promise.all([1, 2].map(() => run((ctx) => enroll(ctx, { id, prospectIds: [ann.id] }))));
    expect(both.map(({ enrolledCount }) => enrolledCount).sort()).toEqual([0, 1]);
    const enrollmentId = both.flatMap(({ enrolled }) => enrolled)[0]!.id;
    await run((ctx) => unenroll(ctx, { id, enrollmentId }));
    const again = () => run((ctx) => enroll(ctx, { id, prospectIds: [ann.id] }));
    expect((await again()).refused).toMatchObject([{ rule: 're_enrollment' }]);
    now = new Date(now.getTime() + 11 * 86_400_000);
    expect(await again()).toMatchObject({ enrolledCount: 1 });
  });
});

describe('a cadence', () => {
  it('needs a step to be active, takes nobody while it is not, and lets everybody rest and go on with it', async () => {
    const { id } = await cadence({ isActive: false, steps: [] });
    await expect(run((ctx) => activateCadence(ctx, { id }))).rejects.toMatchObject({ code: 'CADENCE_EMPTY' });
    const person = await prospect();
    await expect(run((ctx) => enroll(ctx, { id, prospectIds: [person.id] }))).rejects.toMatchObject({
      code: 'CADENCE_INACTIVE',
    });
    await run((ctx) => addStep(ctx, { id, ...MAIL, delayDays: 1 }));
    await run((ctx) => activateCadence(ctx, { id }));
    const { enrolled } = await run((ctx) => enroll(ctx, { id, prospectIds: [person.id] }));
    const enrollmentId = enrolled[0]!.id;
    await run((ctx) => deactivateCadence(ctx, { id }));
    expect(await attend(enrollmentId)).toEqual({ status: 'waiting', waitSeconds: null });
    const key = { id, enrollmentId };
    await expect(run((ctx) => resumeEnrollment(ctx, key))).rejects.toMatchObject({ code: 'CADENCE_INACTIVE' });
    await run((ctx) => activateCadence(ctx, { id }));
    expect(await run((ctx) => getEnrollment(ctx, key))).toMatchObject({ status: 'active' });
    await run((ctx) => deleteCadence(ctx, { id }));
    expect(await attend(enrollmentId)).toEqual({ status: 'ended', reason: 'cadence_deleted' });
  });

  it('waits for a task when the cadence says so, and counts from when it was done', async () => {
    const { id } = await cadence({
      settings: { taskWaitDays: 3 },
      steps: [{ type: 'call' }, { ...MAIL, delayDays: 1 }],
    });
    const person = await prospect({ phone: '+12125550100', timeZone: 'America/New_York' });
    const { enrolled } = await run((ctx) => enroll(ctx, { id, prospectIds: [person.id] }));
    const enrollmentId = enrolled[0]!.id;
    expect(await attend(enrollmentId)).toEqual({ status: 'waiting', waitSeconds: 3 * 86_400 });
    now = new Date('2026-06-06T14:00:00Z');
    const [called] = (await run((ctx) => getEnrollment(ctx, { id, enrollmentId }))).history;
    await run((ctx) => completeTask(ctx, { id: called!.taskId! }));
    await runAllReactions(database, OUTREACH_REACTIONS);
    expect(await attend(enrollmentId)).toEqual({ status: 'waiting', waitSeconds: 86_400 });
  });

  it('credits the calls that its task asked for to the step, named by hand or found, and the named one does the task', async () => {
    now = new Date('2026-06-08T16:00:00Z');
    const { id } = await cadence({ steps: [{ type: 'call', content: 'Call {{firstName}}' }] });
    const person = await prospect({ phone: '+12125550107', timeZone: 'America/New_York' });
    const { enrolled } = await run((ctx) => enroll(ctx, { id, prospectIds: [person.id] }));
    await attend(enrolled[0]!.id);
    const { taskId, stepId } = (await run((ctx) => getEnrollment(ctx, { id, enrollmentId: enrolled[0]!.id })))
      .history[0]!;
    await database.owner`update tasks set created_at = ${now} where id = ${taskId}`;
    const stranger = await prospect();
    const log = (fields: Partial<Parameters<typeof logCall>[1]>) =>
      run((ctx) => logCall(ctx, { prospectId: person.id, occurredAt: now, ...fields }));
    await expect(log({ prospectId: stranger.id, taskId })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    now = new Date(now.getTime() + 60_000);
    const before = await log({ occurredAt: new Date(now.getTime() - 86_400_000) });
    const inbound = await log({ direction: 'inbound' });
    const missed = await log({ disposition: 'no_answer' });
    expect([before.taskId, inbound.taskId, missed.taskId]).toEqual([null, null, taskId]);
    const told = (type: 'call.started' | 'call.ended', seconds: number, says: ToldCall['event']['says']): ToldCall => ({
      source: 'convin',
      callId: '1',
      event: { key: type, type, occurredAt: new Date(now.getTime() + seconds * 1_000), says },
    });
    const rung = told('call.started', 5, { to: '+12125550107', direction: 'outbound' });
    await run((ctx) => applyCallEvents(ctx, [rung, told('call.ended', 65, { outcome: 'no answer' })]));
    const named = await log({ taskId, disposition: 'answered' });
    const task = await run((ctx) => getTask(ctx, { id: taskId! }));
    expect(task).toMatchObject({ status: 'completed', outcome: 'answered' });
    expect((await log({ occurredAt: new Date(now.getTime() + 100_000) })).taskId).toBe(null);
    await runAllReactions(database, [...CRM_REACTIONS, ...OUTREACH_REACTIONS]);
    const credited = await database.owner`
      select i.external_id, t.outreach from interactions i
      join touch_sources t on t.organization_id = i.organization_id and t.id = i.touch_source_id
      where i.organization_id = ${tenant.organizationId} and t.outreach is not null order by 1`;
    const outreach = { cadenceId: id, stepId };
    const ids = [missed, named].map((call) => `b:call_logs:${call.id}`).sort();
    expect(credited).toEqual([...ids, 'convin:1'].map((external_id) => ({ external_id, outreach })));
  });

  it('turns a message on LinkedIn that was written by hand into a touch of its step', async () => {
    const { id } = await cadence({ steps: [{ type: 'linkedin', content: 'Say hello' }] });
    const person = await prospect({ linkedinUrl: 'https://linkedin.com/in/ann' });
    const { enrolled } = await run((ctx) => enroll(ctx, { id, prospectIds: [person.id] }));
    expect(await attend(enrolled[0]!.id)).toEqual({ status: 'ended', reason: 'completed' });
    const key = { id, enrollmentId: enrolled[0]!.id };
    const { taskId, stepId } = (await run((ctx) => getEnrollment(ctx, key))).history[0]!;
    await run((ctx) => completeTask(ctx, { id: taskId! }));
    await runAllReactions(database, OUTREACH_REACTIONS);
    const touches = await database.owner`
      select i.channel, i.external_id, t.outreach from interactions i
      join touch_sources t on t.organization_id = i.organization_id and t.id = i.touch_source_id
      where i.organization_id = ${tenant.organizationId}`;
    const outreach = { cadenceId: id, stepId };
    expect(touches).toEqual([{ channel: 'linkedin', external_id: `b:tasks:${taskId}`, outreach }]);
  });
});

describe('the last message of a cadence', () => {
  it('does not leave any more when its person has answered before it did', async () => {
    const { id } = await cadence({ steps: [MAIL] });
    const people = [await prospect(), await prospect()];
    const { enrolled } = await run((ctx) => enroll(ctx, { id, prospectIds: people.map((one) => one.id) }));
    for (const one of enrolled) expect(await attend(one.id)).toEqual({ status: 'ended', reason: 'completed' });
    now = new Date(now.getTime() + 1_000);
    await run((ctx) => noteReply(ctx, people[0]!.id, now));
    const sends = await database.owner`
      select id, prospect_id, purpose from sends where organization_id = ${tenant.organizationId}`;
    const objections = await Promise.all(
      people.map(({ id: prospectId }) => {
        const { id: sendId } = sends.find((one) => one.prospect_id === prospectId)!;
        return run((ctx) => enrollmentAllows(ctx, { id: sendId, purpose: 'sequence' } as never));
      }),
    );
    expect(objections).toEqual(['replied', null]);
  });
});

describe('a rest that ends by itself', () => {
  const HOUR_MS = 3_600_000;
  const away = async () => {
    const { id } = await cadence({ steps: [MAIL, { ...MAIL, delayHours: 1 }] });
    const { id: prospectId } = await prospect();
    const { enrolled } = await run((ctx) => enroll(ctx, { id, prospectIds: [prospectId] }));
    const enrollmentId = enrolled[0]!.id;
    await attend(enrollmentId);
    const back = new Date(now.getTime() + 24 * HOUR_MS);
    await run((ctx) => noteOutOfOffice(ctx, prospectId, back));
    return { id, prospectId, enrollmentId, back, read: () => run((ctx) => getEnrollment(ctx, { id, enrollmentId })) };
  };

  it('does not end for somebody who has answered meanwhile, and a later day of return counts', async () => {
    const { prospectId, enrollmentId, back, read } = await away();
    const later = new Date(back.getTime() + 24 * HOUR_MS);
    await run((ctx) => noteOutOfOffice(ctx, prospectId, later));
    expect(await read()).toMatchObject({ pauseReason: 'out_of_office', pausedUntil: later });
    now = back;
    await run((ctx) => noteReply(ctx, prospectId, now));
    expect(await read()).toMatchObject({ status: 'paused', pauseReason: 'reply', repliedAt: back });
    now = later;
    expect(await attend(enrollmentId)).toMatchObject({ status: 'waiting' });
    expect(await read()).toMatchObject({ status: 'paused', stepsDone: 1 });
  });

  it('goes on while the cadence rests, also for whoever answers then', async () => {
    const { id, prospectId, enrollmentId, back, read } = await away();
    await run((ctx) => deactivateCadence(ctx, { id }));
    now = back;
    expect(await attend(enrollmentId)).toEqual({ status: 'waiting', waitSeconds: null });
    expect(await read()).toMatchObject({ status: 'paused', pauseReason: 'cadence', stepsDone: 1 });
    await run((ctx) => noteReply(ctx, prospectId, now));
    await run((ctx) => activateCadence(ctx, { id }));
    expect(await read()).toMatchObject({ status: 'paused', pauseReason: 'reply', stepsDone: 1 });
  });
});

describe('a threshold of scores', () => {
  it('enrolls whoever comes over it into its cadence, once, and counts what came of it', async () => {
    const { id } = await cadence();
    const [ann, customer] = [await prospect(), await prospect({ status: 'customer' })];
    const ids = [ann.id, customer.id];
    const unknown = { name: 'X', minScore: 50, action: 'enroll', config: { cadenceId: ann.id } } as const;
    await expect(run((ctx) => createEnrollingThreshold(ctx, unknown))).rejects.toMatchObject({ kind: 'validation' });
    await run((ctx) => createScoringModel(ctx, { name: 'Intent', weights: { intent: 1 }, isActive: true }));
    await run((ctx) => createEnrollingThreshold(ctx, { ...unknown, name: 'Hot', config: { cadenceId: id } }));
    const score = () => run((ctx) => scoreProspects(ctx, ids, 'asked'));
    const signal = (prospectId: string) => ({ type: 'website_visit', prospectId, strength: 90 }) as const;
    await run((ctx) => recordSignals(ctx, ids.map(signal)));
    await score();
    await score();
    await runAllReactions(database, OUTREACH_REACTIONS, now);
    const page = { page: 1, limit: 9 };
    const { items } = await run((ctx) => listEnrollments(ctx, { id, ...page }));
    expect(items).toMatchObject([{ prospectId: ann.id }]);
    const thresholds = await run((ctx) => listThresholds(ctx, page));
    expect(thresholds.items).toMatchObject([{ above: 2, outcomes: { enrolled: 1, customer: 1 } }]);
    const zoe = await prospect();
    await run((ctx) => deactivateCadence(ctx, { id }));
    await run(async (ctx) => {
      await recordSignals(ctx, [signal(zoe.id)]);
      await scoreProspects(ctx, [zoe.id], 'asked');
    });
    await runAllReactions(database, OUTREACH_REACTIONS, now);
    const after = await run((ctx) => listThresholds(ctx, page));
    expect(after.items[0]!.outcomes).toEqual({ enrolled: 1, customer: 1, cadence_inactive: 1 });
  });
});
