import { createHmac } from 'node:crypto';
import type { Hono } from 'hono';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CRM_REACTIONS } from '../../services/crm/reactions.ts';
import { INTEGRATIONS_REACTIONS } from '../../services/integrations/reactions.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { runAllReactions } from '../../test/reactions.ts';
import { ENDPOINTS } from '../endpoints.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const SECONDS = String(NOW.getTime() / 1000);
let database: TestDatabase;
let app: Hono;
let now = NOW;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => now });
});
afterAll(() => database?.drop());
const react = () => runAllReactions(database, [...CRM_REACTIONS, ...INTEGRATIONS_REACTIONS]);

type Platform = 'convin' | 'telephony';
interface Installed extends TestOrganization {
  id: string;
  secret: string;
}

async function install(platform: Platform, body: object = {}, as?: TestOrganization): Promise<Installed> {
  const organization = as ?? (await createOrganization(database));
  const { status, json } = await call(app, organization, 'POST', '/v1/integrations', { body: { platform, ...body } });
  expect([status, json.error]).toEqual([201, undefined]);
  return { ...organization, id: json.data.id, secret: json.data.webhook_secret };
}

const hex = (secret: string, timestamp: string, text: string) => {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  return createHmac('sha256', key).update(`${timestamp}.${text}`).digest('hex');
};
const convin = (secret: string, text: string, timestamp = SECONDS) => ({
  'x-convin-signature': `t=${timestamp},v1=${hex(secret, timestamp, text)}`,
});
const generic = (secret: string, text: string, timestamp = SECONDS) => ({
  'x-timestamp': timestamp,
  'x-signature': hex(secret, timestamp, text),
});
const standard = (secret: string, text: string, at = NOW) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(at.getTime() / 1000),
  'webhook-signature': new Webhook(secret).sign('msg_1', at, text),
});
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

const post = (
  to: Installed,
  platform: Platform,
  text: string,
  headers: Record<string, string | undefined>,
  query = '',
) =>
  call(app, null, 'POST', `/v1/webhooks/${platform}${query}`, {
    text,
    headers: { 'x-tenant-id': to.organizationId, ...headers },
  });
const eventText = (fields: object = {}) =>
  JSON.stringify({ event: 'call.started', call_id: 'c-1', occurred_at: '2026-06-30T11:59:00Z', ...fields });
const inbox = async ({ organizationId }: TestOrganization) =>
  await database.owner<{ source: string; auth: string; processed: boolean; payload: object | null }[]>`
    select source, auth, processed_at is not null as processed, payload from webhook_inbox
    where organization_id = ${organizationId} order by id`;

describe('a webhook of calls', () => {
  it.each([
    ['convin', 'the form of Stripe', convin, 'signature'],
    ['telephony', 'Standard Webhooks', standard, 'signature'],
    ['telephony', 'a plain hash', generic, 'signature'],
    ['convin', 'a static token', bearer, 'static'],
    ['telephony', 'a static token', bearer, 'static'],
  ] as const)('of %s is taken in once when it is proved by %s', async (platform, _name, sign, auth) => {
    const mine = await install(platform);
    const text = eventText();
    const first = await post(mine, platform, text, sign(mine.secret, text));
    expect([first.status, first.json.data]).toEqual([200, { received: true, duplicate: false }]);
    const again = await post(mine, platform, text, sign(mine.secret, text));
    expect([again.status, again.json.data]).toEqual([200, { received: true, duplicate: true }]);
    expect(await inbox(mine)).toMatchObject([{ source: platform, auth, processed: false }]);
  });

  it('is taken in once when it comes many times at once, and one that is refused leaves its neighbours alone', async () => {
    const mine = await install('convin');
    const texts = [...Array(6)].map((_, n) => eventText({ call_id: `c-${n}` }));
    const wrong = eventText({ cost: '1.00', cost_currency: 'XXX' });
    const sent = [...texts, wrong, ...texts, ...texts];
    const answers = await Promise.all(sent.map((text) => post(mine, 'convin', text, convin(mine.secret, text))));
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(1);
    expect(answers.filter(({ json }) => json.data?.duplicate === false)).toHaveLength(6);
    expect(answers.filter(({ json }) => json.data?.duplicate === true)).toHaveLength(12);
    expect(await inbox(mine)).toHaveLength(6);
  });

  it('is proved by the old secret, too, for as long as its rotation says', async () => {
    const mine = await install('convin');
    const rotate = async (body: object) => {
      const answer = await call(app, mine, 'POST', `/v1/integrations/${mine.id}/rotate-secret`, { body });
      return answer.json.data.webhook_secret as string;
    };
    const statusOf = async (secret: string) => {
      const text = eventText();
      return (await post(mine, 'convin', text, convin(secret, text, String(now.getTime() / 1000)))).status;
    };
    const second = await rotate({ overlap_seconds: 3_600 });
    expect([await statusOf(mine.secret), await statusOf(second)]).toEqual([200, 200]);
    now = new Date(NOW.getTime() + 3_600_000);
    expect([await statusOf(mine.secret), await statusOf(second)]).toEqual([401, 200]);
    now = NOW;
    const third = await rotate({ overlap_seconds: 0 });
    expect([await statusOf(second), await statusOf(third)]).toEqual([401, 200]);
  });

  it('is refused without a row when its signature is missing, foreign, old, early, for another body or none', async () => {
    const [mine, other] = await Promise.all([install('telephony'), install('telephony')]);
    const text = eventText();
    const at = (offset: number) => String(NOW.getTime() / 1000 + offset);
    const wrong: [string, Record<string, string | undefined>, string?][] = [
      ['missing', {}],
      ['empty', { 'x-signature': '', 'x-timestamp': SECONDS }],
      ['garbage', { 'x-signature': 'zz', 'x-timestamp': SECONDS }],
      ['foreign', generic(other.secret, text)],
      ['old', generic(mine.secret, text, at(-301))],
      ['early', generic(mine.secret, text, at(301))],
      ['another body', generic(mine.secret, text), eventText({ outcome: 'sale' })],
      ['one byte more', generic(mine.secret, text), `${text} `],
      ['broken JSON', generic(mine.secret, text), `${text}}`],
      ['written anew', generic(mine.secret, text), JSON.stringify(JSON.parse(text), null, 1)],
      ['a wrong signature beside a right token', { ...generic(other.secret, text), ...bearer(mine.secret) }],
      ['a foreign token', bearer(other.secret)],
      ['old Standard Webhooks', standard(mine.secret, text, new Date(NOW.getTime() - 301_000))],
      ['of nobody', { ...generic(mine.secret, text), 'x-tenant-id': 'nobody' }],
      ['of another organization', { ...generic(mine.secret, text), 'x-tenant-id': other.organizationId }],
    ];
    const answers = await Promise.all(
      wrong.map(async ([name, headers, body = text]) => {
        const { status, json } = await post(mine, 'telephony', body, headers);
        return [name, status, json.error?.code ?? json.code];
      }),
    );
    expect(answers).toEqual(wrong.map(([name]) => [name, 401, 'INVALID_SIGNATURE']));
    expect([await inbox(mine), await inbox(other)]).toEqual([[], []]);
    const nowhere = await post(mine, 'telephony', text, { ...generic(mine.secret, text), 'x-tenant-id': undefined });
    expect(nowhere.status).toBe(400);
  });

  it('names its organization in the address where headers cannot be set, and one of several integrations', async () => {
    const first = await install('convin');
    const second = await install(
      'convin',
      { credentials: { webhook_secret: 'a secret of my own'.replaceAll(' ', '-') } },
      first,
    );
    expect(second.secret).toBe('a-secret-of-my-own');
    const third = await install('convin', { credentials: { webhookSecret: 'spelled-the-other-way' } }, first);
    expect(third.secret).toBe('spelled-the-other-way');
    const text = eventText();
    const query = (id: string) => `?tenant_id=${first.organizationId}&integration_id=${id}`;
    const headers = { ...convin(second.secret, text), 'x-tenant-id': undefined };
    expect((await post(first, 'convin', text, headers, query(first.id))).status).toBe(401);
    expect((await post(first, 'convin', text, headers, query(second.id))).status).toBe(200);
    expect((await post(first, 'convin', text, headers, `?tenant_id=${first.organizationId}`)).status).toBe(200);
    expect(await inbox(first)).toMatchObject([{ source: 'convin-2' }]);
  });

  it('must be signed where the integration says so', async () => {
    const mine = await install('convin', { settings: { require_signature: true } });
    const text = eventText();
    expect((await post(mine, 'convin', text, bearer(mine.secret))).status).toBe(401);
    expect((await post(mine, 'convin', text, convin(mine.secret, text))).status).toBe(200);
  });

  it.each([
    ['event', { event: 'call.paused' }],
    ['call_id', { call_id: undefined }],
    ['occurred_at', { occurred_at: '2026-07-02T12:00:00Z' }],
    ['purchase_probability', { purchase_probability: 2 }],
    ['cost_currency', { cost: '1.20' }],
    ['cost', { cost: '1.205', cost_currency: 'USD' }],
  ])('that is signed and says nonsense in %s is a 400 that names it', async (field, fields) => {
    const mine = await install('convin');
    const text = eventText(fields);
    const { status, json } = await post(mine, 'convin', text, convin(mine.secret, text));
    expect([status, json.details?.field ?? json.error?.details?.field]).toEqual([400, field]);
    expect(await inbox(mine)).toEqual([]);
  });

  it('keeps its secret where neither an answer nor a dump of the database shows it', async () => {
    const mine = await install('convin');
    const shown = await call(app, mine, 'GET', `/v1/integrations/${mine.id}`);
    expect(shown.text).not.toContain(mine.secret);
    const [row] = await database.owner<{ all: string }[]>`
      select row_to_json(t)::text as all from team_integrations t where id = ${mine.id}`;
    const bytes = Buffer.from(mine.secret).toString('hex');
    expect([row!.all.includes(mine.secret), row!.all.includes(bytes)]).toEqual([false, false]);
  });
});

describe('a call', () => {
  const send = async (to: Installed, fields: object) => {
    const text = eventText(fields);
    const { status, json } = await post(to, 'convin', text, convin(to.secret, text));
    expect([status, json.data?.received]).toEqual([200, true]);
  };
  const liveCalls = async (of: Installed, query = '') =>
    (await call(app, of, 'GET', `/v1/realtime/calls${query}`)).json.data;

  it('is seen while it goes on, becomes an interaction of the caller, and is corrected by what comes later', async () => {
    const mine = await install('convin');
    await send(mine, {
      from: '+1 415 555 0134',
      direction: 'inbound',
      agent: { external_id: 'a-7', name: 'Asha' },
      team: 'general',
      queue: 'sales',
    });
    await react();
    const [live] = await liveCalls(mine, '?status=live');
    expect(live).toMatchObject({ call_id: 'c-1', from: '+1 415 555 0134', agent: { name: 'Asha' }, ended_at: null });
    await send(mine, {
      event: 'call.intent.detected',
      occurred_at: '2026-06-30T11:59:20Z',
      primary_intent: 'purchase_inquiry',
      purchase_probability: 0.8,
    });
    await send(mine, {
      event: 'call.ended',
      occurred_at: '2026-06-30T11:59:50Z',
      outcome: 'sale',
      cost: '1.20',
      cost_currency: 'USD',
    });
    await react();
    expect(await liveCalls(mine, '?status=live')).toEqual([]);
    const { json } = await call(app, mine, 'GET', `/v1/interactions/${live.interaction_id}`);
    expect(json.data).toMatchObject({
      external_interaction_id: 'convin:c-1',
      channel: 'call',
      started_at: '2026-06-30T11:59:00.000Z',
      ended_at: '2026-06-30T11:59:50.000Z',
      primary_intent: 'purchase_inquiry',
      purchase_probability: 0.8,
      cost_currency: 'USD',
      metadata: { queue: 'sales', call_id: 'c-1', outcome: 'sale' },
      participants: [{ external_id: 'a-7' }],
    });
    expect(json.data.participants[0].team_id).not.toBeNull();
    expect((await inbox(mine)).map(({ processed, payload }) => [processed, payload])).toEqual([
      [true, null],
      [true, null],
      [true, null],
    ]);
    const [vendor] = (await call(app, mine, 'GET', '/v1/vendors')).json.data;
    expect(vendor.code).toBe('convin');
  });

  it('with a prospect stands in the call log and the timeline once, linked to its interaction', async () => {
    const mine = await install('convin');
    const made = await call(app, mine, 'POST', '/api/v1/prospects', {
      body: { firstName: 'Ada', phone: '+14155550177' },
    });
    const prospectId = made.json.data.id;
    await send(mine, { from: '+14155550177', direction: 'inbound' });
    await send(mine, { event: 'call.ended', occurred_at: '2026-06-30T11:59:40Z', duration_seconds: 40 });
    await react();
    await send(mine, { event: 'call.ended', occurred_at: '2026-06-30T11:59:45Z', duration_seconds: 45 });
    await react();
    const { data: logs } = (await call(app, mine, 'GET', `/api/v1/call-logs?prospectId=${prospectId}`)).json;
    const [live] = await liveCalls(mine);
    expect(logs).toMatchObject([
      { durationSeconds: 45, disposition: 'answered', direction: 'inbound', interactionId: live.interaction_id },
    ]);
    expect(live).toMatchObject({ call_log_id: logs[0].id, prospect: { id: prospectId } });
    const { data: timeline } = (await call(app, mine, 'GET', `/api/v1/prospects/${prospectId}/activities`)).json;
    expect(timeline.map((entry: { type: string }) => entry.type)).toEqual(['call_received']);
    const [{ count }] = await database.owner<[{ count: number }]>`
      select count(*)::integer as count from interactions where organization_id = ${mine.organizationId}`;
    expect(count).toBe(1);
  });
});
