import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testOutreach } from '../../../test/http/harness.ts';
import { noFaults } from '../../core/fault-points.ts';
import { addListMembers, createList, createProspect } from '../../crm/index.ts';
import { createOutboxTransport, createSendDispatcher, type SendDispatcherDeps } from '../../platform/sends/index.ts';
import {
  attendBulkJob,
  cancelBulkJob,
  contactIsAllowed,
  createBulkJob,
  getBulkJob,
  pauseBulkJob,
  resumeBulkJob,
  settleEmail,
} from '../index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  tenant = await createTenant(database, 'Acme');
  now = new Date('2026-06-30T12:00:00Z');
});

const { secrets } = testOutreach.mailing;
const run = <T>(work: Parameters<TestTenant['run']>[0]) => tenant.run(work, now) as Promise<T>;
const people = (count: number, domain = 'company.example') =>
  Array.from({ length: count }, (_, n) => ({
    email: `p${n}@${domain}`,
    name: null,
    variables: { firstName: `P${n}` },
  }));
const create = (change: object) =>
  run<{ id: string }>((ctx) =>
    createBulkJob(ctx, {
      tools: testOutreach,
      subject: 'Hi {{firstName}}',
      html: '<p>Hi {{firstName}}</p>',
      ...change,
    }),
  );
const attend = (jobId: string, generation = 1) =>
  run<{ status: string; waitSeconds?: number }>((ctx) => attendBulkJob(ctx, testOutreach, { jobId, generation }));
async function attendAll(jobId: string) {
  for (;;) {
    const next = await attend(jobId);
    if (next.status !== 'more') return next;
  }
}
const dispatch = async (change: Partial<SendDispatcherDeps> = {}) => {
  const dispatcher = createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets,
    transport: createOutboxTransport({ db: database.app, secrets }),
    guards: [contactIsAllowed],
    observers: [settleEmail],
    clock: { now: () => now },
    faultPoint: noFaults,
    onError: (error) => {
      throw error;
    },
    ...change,
  });
  while ((await dispatcher.dispatch()) > 0);
};
const job = (id: string) => run<Record<string, unknown>>((ctx) => getBulkJob(ctx, { id, page: 1, limit: 200 }));
const delivered = async () =>
  (
    await database.owner`select count(*)::integer as n, count(distinct to_addresses)::integer as people
    from outbox_messages where organization_id = ${tenant.organizationId}`
  )[0];

describe('a bulk job', () => {
  it('sends one message per address, whoever is named twice or stopped, and says what became of each', async () => {
    await database.owner`insert into email_unsubscribes (organization_id, email, source)
                         values (${tenant.organizationId}, 'p1@company.example', 'manual')`;
    const recipients = [
      ...people(4),
      { email: 'P0@company.example', name: null, variables: { firstName: 'Again' } },
      { email: 'nameless@company.example', name: null },
    ];
    const { id } = await create({ recipients });
    expect(await attendAll(id)).toEqual({ status: 'completed' });
    await dispatch();
    const { recipients: list, ...state } = await job(id);
    expect(state).toMatchObject({
      status: 'completed',
      total: 5,
      sent: 3,
      skipped: 1,
      failed: 1,
      waiting: 0,
      queued: 0,
    });
    expect(
      (list as { email: string; state: string; reason: string }[]).map((one) => [one.email, one.state, one.reason]),
    ).toEqual([
      ['p0@company.example', 'sent', null],
      ['p1@company.example', 'suppressed', 'unsubscribed'],
      ['p2@company.example', 'sent', null],
      ['p3@company.example', 'sent', null],
      ['nameless@company.example', 'failed', 'variables.firstName has no value and no default'],
    ]);
    expect(await delivered()).toEqual({ n: 3, people: 3 });
  });

  it('plans nothing twice when its steps are repeated, and goes on where it was', async () => {
    const { id } = await create({ recipients: people(130) });
    expect(await attend(id)).toEqual({ status: 'more' });
    const failing = run(async (ctx) => {
      await attendBulkJob(ctx, testOutreach, { jobId: id, generation: 1 });
      throw new Error('died before the commit');
    });
    await expect(failing).rejects.toThrow('died');
    expect(await job(id)).toMatchObject({ queued: 100, waiting: 30 });
    await attendAll(id);
    expect(await job(id)).toMatchObject({ status: 'completed', queued: 130 });
    const [planned] = await database.owner`
      select count(*)::integer as n, count(distinct to_address)::integer as people from sends
      where organization_id = ${tenant.organizationId}`;
    expect(planned).toEqual({ n: 130, people: 130 });
  });

  it('keeps its limits of the hour, its own and those of each receiving domain', async () => {
    const recipients = [...people(10, 'one.example'), ...people(3, 'two.example')];
    const { id } = await create({ recipients, hourlyLimit: 8, domainHourlyLimit: 4 });
    const planned = async () => (await job(id)).queued;
    const perHour: unknown[] = [];
    for (let hour = 0; hour < 4; hour++) {
      await attendAll(id);
      perHour.push(await planned());
      now = new Date(now.getTime() + 3_601_000);
    }
    expect(perHour).toEqual([7, 11, 13, 13]);
  });

  it('rests while it is paused, and ends when it is cancelled; a decision that comes too late is refused', async () => {
    const { id } = await create({ recipients: people(110) });
    await attend(id);
    await run((ctx) => pauseBulkJob(ctx, { id }));
    expect(await attend(id)).toEqual({ status: 'resting' });
    await expect(run((ctx) => pauseBulkJob(ctx, { id }))).rejects.toMatchObject({ code: 'BULK_JOB_STATE' });
    await dispatch();
    expect(await delivered()).toEqual({ n: 0, people: 0 });
    await run((ctx) => resumeBulkJob(ctx, { id }));
    await dispatch();
    expect(await delivered()).toEqual({ n: 100, people: 100 });
    await attend(id);
    await run((ctx) => cancelBulkJob(ctx, { id }));
    await dispatch();
    expect(await attend(id)).toEqual({ status: 'cancelled' });
    expect(await job(id)).toMatchObject({ status: 'cancelled', sent: 100, queued: 0, skipped: 10 });
    expect(await delivered()).toEqual({ n: 100, people: 100 });
    await expect(run((ctx) => resumeBulkJob(ctx, { id }))).rejects.toMatchObject({ code: 'BULK_JOB_STATE' });
  });

  it('that is planned to the last person is paused, resumed and cancelled while its messages wait, and not afterwards', async () => {
    const { id } = await create({ recipients: people(2) });
    expect(await attendAll(id)).toEqual({ status: 'completed' });
    await run((ctx) => pauseBulkJob(ctx, { id }));
    await dispatch();
    expect(await job(id)).toMatchObject({ status: 'paused', queued: 2 });
    await run((ctx) => resumeBulkJob(ctx, { id }));
    expect(await job(id)).toMatchObject({ status: 'completed', queued: 2 });
    await dispatch();
    await expect(run((ctx) => cancelBulkJob(ctx, { id }))).rejects.toMatchObject({ code: 'BULK_JOB_STATE' });
    expect(await delivered()).toEqual({ n: 2, people: 2 });
  });

  it.each(['claimed', 'handed over to a provider that is busy'])(
    'keeps back a message that is %s while somebody pauses or cancels',
    async (moment) => {
      const dispatchWhile = async (decide: () => Promise<unknown>) => {
        if (moment === 'claimed') {
          await dispatch({ faultPoint: async (name) => void (name === 'sends.claimed' && (await decide())) });
        } else {
          const transport = createOutboxTransport({ db: database.app, secrets });
          const deliver = async () => {
            await decide();
            return { kind: 'later', code: 'BUSY' } as const;
          };
          await dispatch({ transport: { ...transport, deliver } });
        }
        now = new Date(now.getTime() + 60_000);
        await dispatch();
      };
      const [paused, cancelled] = [await create({ recipients: people(1) }), await create({ recipients: people(1) })];
      await attendAll(paused.id);
      await dispatchWhile(() => run((ctx) => pauseBulkJob(ctx, paused)));
      expect(await job(paused.id)).toMatchObject({ status: 'paused', queued: 1 });
      expect(await delivered()).toEqual({ n: 0, people: 0 });
      await run((ctx) => resumeBulkJob(ctx, paused));
      await dispatch();
      expect(await job(paused.id)).toMatchObject({ status: 'completed', sent: 1 });

      await attendAll(cancelled.id);
      const { completedAt } = await job(cancelled.id);
      now = new Date(now.getTime() + 60_000);
      await dispatchWhile(() => run((ctx) => cancelBulkJob(ctx, cancelled)));
      expect(await job(cancelled.id)).toMatchObject({
        status: 'cancelled',
        completedAt,
        skipped: 1,
        recipients: [{ state: 'cancelled', reason: null }],
      });
      expect(await delivered()).toEqual({ n: 1, people: 1 });
    },
  );

  it('waits for its time, and takes the people of a list as they are then', async () => {
    const list = await run<{ id: string }>((ctx) => createList(ctx, { name: 'L', type: 'static' } as never));
    const { id } = await create({ listId: list.id, scheduledAt: new Date('2026-06-30T13:00:00Z') });
    await run((ctx) => pauseBulkJob(ctx, { id }));
    await run((ctx) => resumeBulkJob(ctx, { id }));
    expect(await attend(id)).toEqual({ status: 'waiting', waitSeconds: 3_600 });
    const ids: string[] = [];
    for (const email of ['a@x.example', null]) {
      const made = await run<{ id: string }>((ctx) => createProspect(ctx, { email, firstName: 'A', lastName: 'B' }));
      ids.push(made.id);
    }
    await run((ctx) => addListMembers(ctx, { id: list.id, prospectIds: ids } as never));
    now = new Date('2026-06-30T13:00:00Z');
    expect(await attendAll(id)).toEqual({ status: 'completed' });
    expect(await job(id)).toMatchObject({ total: 2, queued: 1, skipped: 1 });
  });
});
