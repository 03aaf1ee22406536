import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testOutreach } from '../../../test/http/harness.ts';
import { noFaults } from '../../core/fault-points.ts';
import { createProspect } from '../../crm/index.ts';
import { createOutboxTransport, createSendDispatcher } from '../../platform/sends/index.ts';
import {
  attendEmail,
  checkDomain,
  contactIsAllowed,
  createInboxWorker,
  createSender,
  type EmailPlan,
  planEmail,
  readEmail,
  receiveInboundMail,
  receiveSendGridEvents,
  type Source,
  settleEmail,
} from '../index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let source: Source;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  tenant = await createTenant(database, 'Acme');
  now = new Date('2026-06-30T12:00:00Z');
  const sender = await tenant.run(
    async (ctx) =>
      createSender(ctx, {
        name: 'Ada',
        email: 'ada@acme.example',
        tools: testOutreach,
        checked: await checkDomain(testOutreach, 'acme.example'),
      }),
    now,
  );
  source = { organizationId: tenant.organizationId, senderId: sender.id, eventPublicKey: null };
});

const { secrets } = testOutreach.mailing;
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const dispatch = () =>
  createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets,
    transport: { ...createOutboxTransport({ db: database.app, secrets }), name: 'sendgrid' },
    guards: [contactIsAllowed],
    observers: [settleEmail],
    clock: { now: () => now },
    faultPoint: noFaults,
    onError: (error) => {
      throw error;
    },
  }).dispatch();
const workOff = async () => {
  const errors: unknown[] = [];
  await createInboxWorker({
    db: database.app,
    platformDb: database.platform,
    clock: { now: () => now },
    faultPoint: noFaults,
    tools: testOutreach,
    afterCommit: () => {},
    onError: (error) => errors.push(error),
  }).run();
  expect(errors).toEqual([]);
};
async function sent(change: Partial<EmailPlan> = {}) {
  const planned = await tenant.run(
    (ctx) =>
      planEmail(ctx, testOutreach, {
        to: [{ email: 'john@company.example', name: 'John' }],
        subject: 'Hello',
        html: '<p>Hi</p>',
        ...change,
      }),
    now,
  );
  await dispatch();
  later(60);
  return { ...planned, sendId: planned.sendId! };
}
let events = 0;
const event = (sendId: string, type: string, more: object = {}) => ({
  email: 'John@company.example',
  timestamp: Math.floor(now.getTime() / 1000),
  event: type,
  sg_event_id: `e${events++}`,
  sg_message_id: 'x.y',
  send_id: sendId,
  ...more,
});
const receive = (list: readonly object[]) =>
  tenant.run((ctx) => receiveSendGridEvents(ctx, { source, events: list as Record<string, unknown>[] }), now);
const email = (id: string) => tenant.run((ctx) => readEmail(ctx, id), now);
const mailIn = async (fields: Record<string, string>) => {
  await tenant.run((ctx) => receiveInboundMail(ctx, { source, fields, secrets }), now);
  await workOff();
};
const stored = () => database.owner`
  select kind, email_id, prospect_id, to_char(returns_on, 'YYYY-MM-DD') as returns_on, referred_to, text
  from inbound_messages where organization_id = ${tenant.organizationId} order by received_at, id`;
const blacklist = () => database.owner`
  select email, reason from email_blacklist where organization_id = ${tenant.organizationId} order by email`;

describe('events of a provider', () => {
  it('count once, however often, in whatever batch and order they come', async () => {
    const wanted: unknown[] = [];
    const found: unknown[] = [];
    for (let round = 0; round < 3; round++) {
      for (const shuffled of [false, true]) {
        const address = `p${round}${shuffled}@company.example`;
        const { id, sendId } = await sent({ to: [{ email: address, name: null }] });
        const at = { timestamp: Math.floor(now.getTime() / 1000), email: address };
        const story = [
          event(sendId, 'processed', at),
          event(sendId, 'deferred', at),
          event(sendId, 'delivered', at),
          event(sendId, 'open', { ...at, useragent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140' }),
          event(sendId, 'open', { ...at, useragent: 'Mozilla/5.0', sg_machine_open: true }),
          event(sendId, 'click', {
            ...at,
            useragent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140',
            url: 'https://a.example',
          }),
          ...(round === 1 ? [event(sendId, 'spamreport', at)] : []),
          ...(round === 2
            ? [event(sendId, 'bounce', { ...at, type: 'bounce', status: '5.1.1', reason: 'unknown' })]
            : []),
        ];
        const times = shuffled ? 5 : 1;
        const all = Array.from({ length: times }, () => story).flat();
        const order = shuffled ? fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), 1)[0]! : all;
        for (let at = 0; at < order.length; at += 7) {
          await receive(order.slice(at, at + 7));
          await workOff();
        }
        const { status, delivered, ...row } = (await email(id)) as never as Record<string, unknown>;
        const state = [
          status,
          row.opened,
          row.clicked,
          row.bounced,
          row.openCount,
          row.clickCount,
          row.machineCount,
          delivered,
        ];
        (shuffled ? found : wanted).push(state);
      }
    }
    expect(found).toEqual(wanted);
    expect(wanted.map((state) => (state as unknown[])[0])).toEqual(['delivered', 'delivered', 'bounced']);
    expect((await blacklist()).map((row) => row.reason)).toEqual([
      'complaint',
      'complaint',
      'hard_bounce',
      'hard_bounce',
    ]);
  });

  it('end a question that nobody could answer', async () => {
    const { id, sendId } = await sent();
    await database.owner`update sends set state = 'unknown', settled_at = null, provider_id = null where id = ${sendId}`;
    await database.owner`update emails set status = 'unknown', sent_at = null where id = ${id}`;
    await receive([event(sendId, 'processed'), event(sendId, 'delivered')]);
    await workOff();
    expect(await email(id)).toMatchObject({ status: 'delivered', sendgridMessageId: 'x' });
  });

  it('end such a question of an invitation as well, which is no e-mail of outreach', async () => {
    const { sendId } = await sent();
    await database.owner`
      update sends set state = 'unknown', settled_at = null, provider_id = null, subject_type = 'invitation' where id = ${sendId}`;
    await receive([event(sendId, 'delivered')]);
    await workOff();
    const sends = await database.owner`select state, provider_id from sends where id = ${sendId}`;
    expect(sends).toEqual([{ state: 'accepted', provider_id: 'x' }]);
  });

  it('that bounce for now make it leave again, later and under a key of its own, and not once it has arrived', async () => {
    const { id, sendId } = await sent();
    await receive([event(sendId, 'bounce', { type: 'blocked', status: '4.2.2' })]);
    await workOff();
    expect(await email(id)).toMatchObject({ status: 'scheduled', bounced: false });
    later(3_700);
    expect(await tenant.run((ctx) => attendEmail(ctx, testOutreach, { emailId: id, generation: 2 }), now)).toEqual({
      status: 'released',
    });
    await dispatch();
    const sends = await database.owner`select dedupe_key, state from sends where subject_id = ${id} order by id`;
    expect(sends.map((row) => [row.dedupe_key, row.state])).toEqual([
      [`email:${id}:1`, 'accepted'],
      [`email:${id}:2`, 'accepted'],
    ]);
    expect(await blacklist()).toEqual([]);
  });

  it('make a sender rest whose messages bounce too often, and not for few of them', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 50; n++)
      ids.push((await sent({ to: [{ email: `b${n}@company.example`, name: null }] })).sendId);
    const bounce = (sendId: string, n: number) =>
      event(sendId, 'bounce', { type: 'bounce', status: '5.1.1', email: `b${n}@company.example` });
    const state = async () =>
      (await database.owner`select status, paused_reason from senders where id = ${source.senderId}`)[0];
    await receive(ids.slice(0, 3).map(bounce));
    await workOff();
    expect(await state()).toMatchObject({ status: 'active' });
    await receive(ids.slice(3, 5).map((sendId, n) => bounce(sendId, n + 3)));
    await workOff();
    expect(await state()).toMatchObject({ status: 'paused', paused_reason: 'BOUNCE_RATE' });
  });
});

describe('a mail that comes in', () => {
  it('is an answer to the message of its signed address, whatever its subject says', async () => {
    const { id: prospectId } = await tenant.run((ctx) => createProspect(ctx, { email: 'john@company.example' }), now);
    const { id } = await sent();
    const outbox = await database.owner`select count(*) from outbox_messages`;
    expect(outbox).toHaveLength(1);
    const { messageId } = await email(id);
    const answer = {
      headers: `Message-ID: <1@company.example>\nIn-Reply-To:\n ${messageId}`,
      from: 'John <john@company.example>',
      to: 'ada@acme.example',
      subject: 'Something else',
      text: 'Yes\n\n> Hi',
    };
    await mailIn(answer);
    await mailIn(answer);
    expect(await stored()).toEqual([
      { kind: 'reply', email_id: id, prospect_id: prospectId, returns_on: null, referred_to: null, text: 'Yes' },
    ]);
    expect(await email(id)).toMatchObject({ replied: true });
  });

  it('of an absence names the day of return and is no answer', async () => {
    const { id } = await sent();
    const { messageId } = await email(id);
    await mailIn({
      headers: `Auto-Submitted: auto-replied\nReferences: <other@x> ${messageId}`,
      from: 'john@company.example',
      to: 'ada@acme.example',
      subject: 'Automatic reply',
      text: 'I am out of the office until July 6.',
    });
    expect(await stored()).toMatchObject([{ kind: 'out_of_office', email_id: id, returns_on: '2026-07-06' }]);
    expect(await email(id)).toMatchObject({ replied: false });
  });

  it('that wants no more stops everything that is planned', async () => {
    await sent();
    const next = await tenant.run(
      (ctx) =>
        planEmail(ctx, testOutreach, { to: [{ email: 'John@Company.example', name: null }], subject: 'S', text: 'T' }),
      now,
    );
    await mailIn({
      headers: '',
      from: 'John <john@company.example>',
      to: 'x@y.example',
      subject: 'Re: Hello',
      text: 'Stop emailing me',
    });
    await dispatch();
    expect(await email(next.id)).toMatchObject({ status: 'suppressed', suppressedBy: 'unsubscribed' });
  });

  it('reports that an address is dead', async () => {
    const { id } = await sent();
    await mailIn({
      headers: 'Content-Type: multipart/report; report-type=delivery-status',
      from: 'MAILER-DAEMON@mx.example',
      to: 'ada@acme.example',
      subject: 'Undelivered Mail Returned to Sender',
      text: 'Final-Recipient: rfc822; john@company.example\nAction: failed\nStatus: 5.1.1',
    });
    expect(await email(id)).toMatchObject({ status: 'bounced', bounced: true });
    expect(await blacklist()).toEqual([{ email: 'john@company.example', reason: 'hard_bounce' }]);
  });

  it('from nobody we know, or unreadable, is worked off all the same', async () => {
    await mailIn({ headers: 'x', from: 'not an address', to: '', subject: '', text: '' });
    await mailIn({ headers: '', from: 'who@else.example', to: 'ada@acme.example', subject: 'Hi', text: 'Hello' });
    expect(await stored()).toMatchObject([{ kind: 'reply', email_id: null, prospect_id: null }]);
    const open = await database.owner`select count(*)::integer as n from outreach_inbox where processed_at is null`;
    expect(open[0]!.n).toBe(0);
  });
});
