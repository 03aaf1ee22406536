import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testMailing, testOutreach } from '../../../test/http/harness.ts';
import { noFaults } from '../../core/fault-points.ts';
import { createProspect } from '../../crm/index.ts';
import { createOutboxTransport, createSendDispatcher, listOutbox } from '../../platform/sends/index.ts';
import {
  checkDomain,
  contactIsAllowed,
  createSender,
  createTemplate,
  type EmailPlan,
  planEmail,
  planOutreachSend,
  readEmail,
  senderHasRoom,
  settleEmail,
  updateSender,
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

const run = <T>(work: Parameters<TestTenant['run']>[0]) => tenant.run(work, now) as Promise<T>;
const later = (hours: number) => {
  now = new Date(now.getTime() + hours * 3_600_000);
};
const dispatch = async () => {
  const dispatcher = createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets: testMailing.secrets,
    transport: createOutboxTransport({ db: database.app, secrets: testMailing.secrets }),
    guards: [contactIsAllowed, senderHasRoom],
    observers: [settleEmail],
    clock: { now: () => now },
    faultPoint: noFaults,
    onError: (error) => {
      throw error;
    },
  });
  while ((await dispatcher.dispatch()) > 0);
};
const mail = (change: Partial<EmailPlan> = {}, tools = testOutreach) =>
  tenant.run(
    (ctx) =>
      planEmail(ctx, tools, {
        to: [{ email: 'John@Company.example', name: 'John' }],
        subject: 'Hello {{firstName | there}}',
        html: '<p>See <a href="https://acme.example/p?a=1&amp;b=2">prices</a><script>alert(1)</script></p>',
        ...change,
      }),
    now,
  );
const sender = (change: object = {}, email = 'ada@acme.example') =>
  tenant.run(
    async (ctx) =>
      createSender(ctx, {
        name: 'Ada "A" Lovelace',
        email,
        postalAddress: '1 Main Street',
        tools: { ...testOutreach, allowUnverified: false },
        checked: await checkDomain(testOutreach, email.split('@')[1]!),
        ...change,
      }),
    now,
  );
const outbox = async () => {
  const { items } = await tenant.run(
    (ctx) => listOutbox(ctx, { page: 1, limit: 100, secrets: testMailing.secrets }),
    now,
  );
  return items;
};

describe('an e-mail', () => {
  it('leaves once per key, safe, in both parts, and its row says so', async () => {
    const first = await mail({ dedupeKey: 'step 1' });
    expect(await mail({ dedupeKey: 'step 1' })).toMatchObject({ id: first.id, isRepeated: true });
    await dispatch();
    const [message, ...rest] = await outbox();
    expect(rest).toEqual([]);
    expect(message!.subject).toBe('Hello there');
    expect(message!.html).toContain('href="https://acme.example/p?a=1&amp;b=2"');
    expect(message!.html).not.toMatch(/script|alert|track|nsubscribe/);
    expect(message!.text).toContain('https://acme.example/p?a=1&b=2');
    expect(message!.headers).toEqual({ 'Message-ID': `<${first.id}@127.0.0.1>` });
    expect(await run((ctx) => readEmail(ctx, first.id))).toMatchObject({
      status: 'sent',
      transport: 'outbox',
      sentAt: now,
    });
  });

  it('of marketing carries signed links, pixel, footer and the headers of RFC 8058', async () => {
    await sender();
    await mail({ category: 'marketing' }, { ...testOutreach, allowUnverified: false });
    await dispatch();
    const [{ html, headers, text, from }] = (await outbox()) as [Awaited<ReturnType<typeof outbox>>[number]];
    expect(from).toBe('"Ada A Lovelace" <ada@acme.example>');
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(headers['List-Unsubscribe']).toMatch(
      /^<http:\/\/127\.0\.0\.1:8080\/api\/v1\/emails\/unsubscribe\/[\w-]{63}>, <mailto:unsubscribe\+[a-z2-7]{40}@reply\.acme\.example\?subject=unsubscribe>$/,
    );
    expect(html).toMatch(/<a href="http:\/\/127\.0\.0\.1:8080\/api\/v1\/emails\/track\/click\/[\w-]{63}">prices<\/a>/);
    expect(html).toMatch(/<img src="http:\/\/127\.0\.0\.1:8080\/api\/v1\/emails\/track\/open\/[\w-]{63}"/);
    expect(html).not.toContain('acme.example/p');
    expect(text).toContain('1 Main Street\nUnsubscribe: http');
    expect(html).toContain('1 Main Street<br');
  });

  it('of marketing is refused without a checked domain and a postal address, and without a single recipient', async () => {
    const strict = { ...testOutreach, allowUnverified: false };
    const refusal = (why: string[]) => ({ code: 'SENDER_NOT_READY', extras: { details: { notReady: why } } });
    await expect(mail({ category: 'marketing' }, strict)).rejects.toMatchObject(refusal(['NO_SENDER']));
    await sender({ postalAddress: null }, 'bob@other.example');
    await expect(mail({ category: 'marketing' }, strict)).rejects.toMatchObject(
      refusal(['DOMAIN_NOT_VERIFIED', 'POSTAL_ADDRESS_MISSING']),
    );
    const two = [
      { email: 'a@b.example', name: null },
      { email: 'c@d.example', name: null },
    ];
    await expect(mail({ category: 'marketing', to: two })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    expect(await mail({ to: two, cc: [{ email: 'e@f.example', name: null }] })).toMatchObject({ status: 'queued' });
  });

  it('takes what the prospect, the deal and the template say, and names what is missing', async () => {
    const john = await run<{ id: string }>((ctx) =>
      createProspect(ctx, { email: 'john@company.example', firstName: 'John', company: 'Acme Inc' }),
    );
    const template = await run<{ id: string }>((ctx) =>
      createTemplate(ctx, {
        name: 'T',
        subject: '{{company}}: {{topic}}',
        html: '<p>{{first_name}} &amp; {{prospect.email}}</p>',
        category: 'one_to_one',
      }),
    );
    await expect(mail({ subject: undefined, html: undefined, templateId: template.id })).rejects.toMatchObject({
      extras: { issues: [{ field: 'variables.topic', message: expect.any(String) }] },
    });
    const variables = { topic: '<b>', firstName: 'Jo' };
    const { id } = await mail({ subject: undefined, html: undefined, templateId: template.id, variables });
    expect(await run((ctx) => readEmail(ctx, id))).toMatchObject({
      subject: 'Acme Inc: <b>',
      html: '<p>Jo &amp; john@company.example</p>',
      text: 'Jo & john@company.example',
      prospectId: john.id,
      templateNumber: 1,
    });
  });

  it('goes on in the thread of another one', async () => {
    const first = await mail({ text: 'Hi', html: undefined });
    await dispatch();
    const second = await mail({ subject: undefined, html: '<p>Again</p>', inReplyTo: first.id });
    await dispatch();
    const [reply] = await outbox();
    expect(reply).toMatchObject({
      subject: 'Re: Hello there',
      headers: { 'In-Reply-To': `<${first.id}@127.0.0.1>`, References: `<${first.id}@127.0.0.1>` },
    });
    expect(second.threadId).toBe(first.threadId);
    expect(reply!.replyTo).toMatch(/^reply\+[a-z2-7]{40}@reply\.acme\.example$/);
  });
});

describe('a stop', () => {
  it('holds what is planned before and after it, in any case of the address; what is asked for oneself still comes', async () => {
    const before = await mail();
    await database.owner`insert into email_unsubscribes (organization_id, email, source)
                         values (${tenant.organizationId}, 'john@company.example', 'manual')`;
    expect(await mail()).toMatchObject({ status: 'suppressed', suppressedBy: 'unsubscribed', sendId: null });
    await mail({ category: 'transactional' });
    await dispatch();
    expect((await outbox()).map((message) => message.purpose)).toEqual(['transactional']);
    expect(await run((ctx) => readEmail(ctx, before.id))).toMatchObject({
      status: 'suppressed',
      suppressedBy: 'unsubscribed',
    });
  });

  it('of one of several recipients holds the whole message', async () => {
    await mail({ bcc: [{ email: 'dead@company.example', name: null }] });
    await database.owner`insert into email_blacklist (organization_id, email, reason)
                         values (${tenant.organizationId}, 'dead@company.example', 'hard_bounce')`;
    await dispatch();
    expect(await outbox()).toEqual([]);
  });
});

describe('a sender', () => {
  it('sends no more than its ramp allows on a day, and the rest on the days that follow', async () => {
    const { id } = await sender({ hourlyCap: 5 });
    await database.owner`update senders set warmup_started_on = '2026-06-30', warmup_start = 3, warmup_increment = 2,
                         warmup_target = 100 where id = ${id}`;
    for (let n = 0; n < 12; n++) await mail({ to: [{ email: `p${n}@company.example`, name: null }] });
    const perDay: number[] = [];
    for (let day = 0; day < 3; day++) {
      const had = (await outbox()).length;
      for (let hour = 0; hour < 24; hour++, later(1)) await dispatch();
      perDay.push((await outbox()).length - had);
    }
    // From noon UTC to noon UTC, the days of the organization begin at midnight: 3, then 5, then the rest.
    expect(perDay).toEqual([8, 4, 0]);
    const usage = await database.owner<{ taken: number }[]>`
      select taken from sender_usage where sender_id = ${id} and period = 'day' order by starts_at`;
    expect(usage.map((row) => row.taken)).toEqual([3, 5, 4]);
  });

  it('that is paused keeps its messages until it is resumed', async () => {
    const { id } = await sender();
    await run((ctx) => updateSender(ctx, { id, changes: { status: 'paused' }, tools: testOutreach }));
    await mail();
    await dispatch();
    expect(await outbox()).toEqual([]);
    await run((ctx) => updateSender(ctx, { id, changes: { status: 'active' }, tools: testOutreach }));
    later(1);
    await dispatch();
    expect(await outbox()).toHaveLength(1);
  });
});

describe('a text message', () => {
  it('leaves through the same ledger, once per key, unless the number has opted out', async () => {
    const { id } = await run<{ id: string }>((ctx) =>
      createProspect(ctx, { firstName: 'Jo', email: 'jo@x.example', phone: '+1 415 555 2671' }),
    );
    const text = (dedupeKey: string) =>
      tenant.run(
        (ctx) =>
          planOutreachSend(ctx, testOutreach, {
            channel: 'sms',
            prospectId: id,
            text: 'Hi {{firstName}}',
            purpose: 'sequence',
            dedupeKey,
          }),
        now,
      );
    expect(await text('a')).toMatchObject({ status: 'queued', isRepeated: false });
    expect(await text('a')).toMatchObject({ isRepeated: true });
    await text('b');
    await dispatch();
    expect((await outbox()).map(({ to, text: said, channel }) => [to[0]!.email, said, channel])).toEqual([
      ['+14155552671', 'Hi Jo', 'sms'],
      ['+14155552671', 'Hi Jo', 'sms'],
    ]);
    await database.owner`insert into sms_opt_outs (organization_id, phone, opted_out_at)
                         values (${tenant.organizationId}, '+14155552671', ${now})`;
    expect(await text('c')).toMatchObject({ status: 'suppressed', suppressedBy: 'opted_out' });
  });
});
