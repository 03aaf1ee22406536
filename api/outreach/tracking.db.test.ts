import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noFaults } from '../../services/core/fault-points.ts';
import { contactIsAllowed, settleEmail } from '../../services/outreach/index.ts';
import { createOutboxTransport, createSendDispatcher } from '../../services/platform/sends/index.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
  testMailing,
} from '../../test/http/harness.ts';
import { listOutboxEndpoint } from '../platform/outbox.routes.ts';
import { OUTREACH_ENDPOINTS } from './index.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
let database: TestDatabase;
let app: Hono;
let org: TestOrganization;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({
    db: database.app,
    endpoints: [...OUTREACH_ENDPOINTS, listOutboxEndpoint],
    now: () => now,
  });
});
afterAll(() => database?.drop());
beforeEach(async () => {
  now = new Date('2026-06-30T12:00:00Z');
  org = await createOrganization(database);
});

const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const { secrets } = testMailing;
const dispatcher = (faultPoint = noFaults) =>
  createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets,
    transport: createOutboxTransport({ db: database.app, secrets }),
    guards: [contactIsAllowed],
    observers: [settleEmail],
    clock: { now: () => now },
    faultPoint,
    onError: () => {},
  });
/** A marketing mail that has left, and the tokens in it. */
async function sent(to = 'john@company.example') {
  const { json } = await call(app, org, 'POST', '/api/v1/emails/send', {
    body: {
      to: [{ email: to }],
      category: 'marketing',
      subject: 'Hello',
      html: '<p><a href="https://acme.example/a?x=1">a</a> <a href="https://acme.example/b">b</a></p>',
    },
  });
  await dispatcher().dispatch();
  const { json: outbox } = await call(app, org, 'GET', `/api/v1/outbox?to=${to}`);
  const html: string = outbox.data[0].html;
  const tokens = (path: string) => [...html.matchAll(new RegExp(`${path}/([\\w-]+)`, 'g'))].map((match) => match[1]!);
  return {
    id: json.data.id as string,
    open: tokens('track/open')[0]!,
    clicks: tokens('track/click'),
    unsubscribe: tokens('unsubscribe')[0]!,
  };
}
const visit = (path: string, agent = BROWSER) =>
  call(app, null, 'GET', `/api/v1/emails/${path}`, { headers: { 'user-agent': agent } });
const email = async (id: string) => (await call(app, org, 'GET', `/api/v1/emails/${id}`)).json.data;
const reasons = async (id: string) =>
  (await call(app, org, 'GET', `/api/v1/emails/${id}/events`)).json.data
    .filter((event: { type: string }) => event.type === 'open' || event.type === 'click')
    .map((event: { machineReason: string | null }) => event.machineReason);

describe('the pixel of a message', () => {
  it("writes a person's open down once a minute, and a machine's with its reason", async () => {
    const mail = await sent();
    expect((await visit(`track/open/${mail.open}`)).headers.get('content-type')).toBe('image/gif');
    later(60);
    for (let n = 0; n < 3; n++) await visit(`track/open/${mail.open}`);
    await visit(`track/open/${mail.open}`, 'Mozilla/5.0');
    expect(await reasons(mail.id)).toEqual(['too_soon', null, 'prefetch']);
    expect(await email(mail.id)).toMatchObject({ opened: true, openCount: 1, machineCount: 2, clicked: false });
  });
});

describe('a link of a message', () => {
  it('leads to where the message says, and a forged one nowhere', async () => {
    const mail = await sent();
    later(60);
    const answer = await visit(`track/click/${mail.clicks[0]}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://acme.example/a?x=1']);
    expect(await email(mail.id)).toMatchObject({ clicked: true, opened: true, clickCount: 1 });
    const other = await createOrganization(database);
    const bytes = Buffer.from(mail.clicks[0]!, 'base64url');
    const forged = (change: (copy: Buffer) => void) => {
      const copy = Buffer.from(bytes);
      change(copy);
      return copy.toString('base64url');
    };
    const attempts = [
      forged((copy) => copy.writeUInt16BE(1, 33)),
      forged((copy) => copy.writeUInt8(3, 0)),
      forged((copy) => Buffer.from(other.organizationId.replaceAll('-', ''), 'hex').copy(copy, 1)),
      forged((copy) => copy.writeUInt8(copy[46]! ^ 1, 46)),
      `${mail.clicks[0]}A`,
      mail.open,
      'x',
      '%00',
    ];
    for (const token of attempts) {
      const refused = await visit(`track/click/${token}`);
      expect([refused.status >= 400 && refused.status < 500, refused.headers.get('location')]).toEqual([true, null]);
    }
  });

  it('that is followed together with others was followed by a scanner, which is told afterwards, too', async () => {
    const mail = await sent();
    later(60);
    await visit(`track/click/${mail.clicks[0]}`);
    expect(await email(mail.id)).toMatchObject({ clicked: true });
    later(1);
    await visit(`track/click/${mail.clicks[1]}`);
    expect(await reasons(mail.id)).toEqual(['several_links_at_once', 'several_links_at_once']);
    expect(await email(mail.id)).toMatchObject({ clicked: false, opened: false, machineCount: 2 });
  });
});

describe('unsubscribing', () => {
  const unsubscribes = async () => (await call(app, org, 'GET', '/api/v1/emails/unsubscribes')).json.data;

  it('is not done by looking, and is done by one click without a credential', async () => {
    const { unsubscribe } = await sent();
    const page = await visit(`unsubscribe/${unsubscribe}`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<form method="post">');
    expect(page.text).not.toContain('john@company.example');
    expect(await unsubscribes()).toEqual([]);
    const post = () =>
      call(app, null, 'POST', `/api/v1/emails/unsubscribe/${unsubscribe}`, {
        text: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await post()).status).toBe(200);
    expect((await post()).status).toBe(200);
    expect(await unsubscribes()).toMatchObject([{ address: 'john@company.example', source: 'one_click' }]);
    expect((await visit(`unsubscribe/${unsubscribe}`)).text).not.toContain('<form');
    const { json } = await call(app, org, 'POST', '/api/v1/emails/send', {
      body: { to: [{ email: 'JOHN@company.example' }], subject: 'S', text: 'T' },
    });
    expect(json.data).toMatchObject({ status: 'suppressed', suppressedBy: 'unsubscribed' });
  });

  it('is acknowledged only when no message to the address is on its way any more', async () => {
    const { unsubscribe } = await sent();
    await call(app, org, 'POST', '/api/v1/emails/send', {
      body: { to: [{ email: 'john@company.example' }], subject: 'Second', text: 'T' },
    });
    const { promise: underWay, resolve: isUnderWay } = Promise.withResolvers<void>();
    const { promise: goOn, resolve: release } = Promise.withResolvers<void>();
    const running = dispatcher(async (point) => {
      if (point !== 'sends.dispatching') return;
      isUnderWay();
      await goOn;
    }).dispatch();
    await underWay;
    let acknowledged = false;
    const post = call(app, null, 'POST', `/api/v1/emails/unsubscribe/${unsubscribe}`).then((answer) => {
      acknowledged = true;
      return answer;
    });
    await new Promise((done) => setTimeout(done, 500));
    expect(acknowledged).toBe(false);
    release();
    await running;
    expect((await post).status).toBe(200);
  });
});

describe('the ramp of a sender', () => {
  it('is configured, shown, and taken away', async () => {
    await call(app, org, 'POST', '/api/v1/senders', { body: { name: 'Ada', email: 'ada@acme.example' } });
    const { json } = await call(app, org, 'PUT', '/api/v1/emails/warmup', {
      body: { startVolume: 20, increment: 10, target: 50 },
    });
    expect(json.data.senders[0]).toMatchObject({
      warmup: { startedOn: '2026-06-30', endsOn: '2026-07-03' },
      today: { day: '2026-06-30', limit: 20, used: 0 },
    });
    later(86_400);
    expect((await call(app, org, 'GET', '/api/v1/emails/warmup')).json.data.senders[0].today.limit).toBe(30);
    await call(app, org, 'PUT', '/api/v1/emails/warmup', { body: { enabled: false } });
    expect((await call(app, org, 'GET', '/api/v1/emails/warmup')).json.data.senders[0].warmup).toBeNull();
  });
});
