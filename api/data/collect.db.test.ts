import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addKey,
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { ENDPOINTS } from '../endpoints.ts';

const ORIGIN = 'https://shop.example';
const NOW = new Date('2026-06-30T12:00:00Z');

let database: TestDatabase;
let app: Hono;
let ours: TestOrganization;
let writeKey: string;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW });
  ours = await createOrganization(database);
  writeKey = (await newKey(ours)).key;
  await allow(ours, [ORIGIN]);
});
afterAll(() => database?.drop());

async function newKey(as: TestOrganization): Promise<{ id: string; key: string }> {
  const { status, json } = await call(app, as, 'POST', '/v1/write-keys', { body: { name: 'Shop' } });
  expect(status).toBe(201);
  return json.data;
}
async function allow(as: TestOrganization, origins: string[]): Promise<void> {
  expect((await call(app, as, 'PUT', '/v1/organization/beacon', { body: { origins } })).status).toBe(200);
}
const send = (body: unknown, { key = writeKey, headers = {}, on = app }: SendOptions = {}) =>
  call(on, null, 'POST', `/v1/collect?write_key=${key}`, {
    text: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin: ORIGIN, ...headers },
  });
interface SendOptions {
  key?: string;
  headers?: Record<string, string | undefined>;
  on?: Hono;
}
const page = (extra: object = {}) => ({ type: 'page', url: `${ORIGIN}/pricing`, session_id: 's', ...extra });
const identify = (email: string, extra: object = {}) => ({
  type: 'identify',
  session_id: 's',
  customer_identifiers: [{ type: 'email', value: email }],
  ...extra,
});
const count = async (organizationId = ours.organizationId): Promise<number> => {
  const [row] = await database.owner`
    select (select count(*) from events where organization_id = ${organizationId}) +
      (select count(*) from website_page_views where organization_id = ${organizationId}) as n`;
  return Number(row!.n);
};

describe('the beacon’s door', () => {
  it('stores page views, events and who was named, without any header of its own', async () => {
    const { status, json, headers } = await send([
      page({ session_id: 's1', visitor_id: 'v1', title: 'Pricing', external_id: 'h1' }),
      { type: 'event', name: 'button_click', session_id: 's1', properties: { a_b: 1 }, external_id: 'h2' },
      identify('ada@example.com', { session_id: 's1', visitor_id: 'v1', external_id: 'h3' }),
    ]);
    expect([status, json.message]).toEqual([200, '3 of 3 rows stored']);
    expect(Object.keys(json.data[0]).sort()).toEqual(['external_id', 'id', 'index', 'status']);
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    const rows = await database.owner`
      select type, session_id, occurred_at, properties, customer_id from events where session_id = 's1' union all
      select path, session_id, occurred_at, null, customer_id from website_page_views where session_id = 's1'
      order by type`;
    expect(rows.map((row) => row.type)).toEqual(['/pricing', 'button_click', 'identify']);
    expect(rows[1]).toMatchObject({ properties: { a_b: 1 }, occurred_at: NOW });
    const [customer] = await database.owner`
      select customer_id from customer_identifiers where type = 'email' and value = 'ada@example.com'`;
    expect(rows.map((row) => row.customer_id)).toEqual(Array(3).fill(customer!.customer_id));
  });

  it('stores a repeated beacon once', async () => {
    const hits = [page({ external_id: 'r1' }), { type: 'event', name: 'x', session_id: 's', external_id: 'r2' }];
    const [first, second] = [await send(hits), await send(hits)];
    const statuses = (answer: typeof first) => answer.json.data.map((row: { status: string }) => row.status);
    expect([statuses(first), statuses(second)]).toEqual([
      ['created', 'created'],
      ['duplicate', 'duplicate'],
    ]);
    expect(second.json.data[0].id).toBe(first.json.data[0].id);
    const before = await count();
    const raced = await Promise.all(Array.from({ length: 8 }, () => send([page({ external_id: 'r3' })])));
    expect(raced.filter((answer) => answer.json.data[0].status === 'created')).toHaveLength(1);
    expect(await count()).toBe(before + 1);
  });

  it('takes a single object, also as JSON', async () => {
    const json = await send(page({ external_id: 'one' }), { headers: { 'content-type': 'application/json' } });
    expect([json.status, json.json.data.external_id]).toEqual([201, 'one']);
    expect((await send(page({ external_id: 'one' }))).status).toBe(409);
    const form = await send(page(), { headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(form.status).toBe(415);
  });

  it('answers a malformed hit with 4xx, keeps its neighbours and stores nothing else', async () => {
    const before = await count();
    const wrong = [
      {},
      { type: 'visit', session_id: 's' },
      page({ session_id: undefined }),
      page({ url: 'javascript:alert(1)' }),
      page({ nobody_knows: 1 }),
      page({ title: 'a\0b' }),
      page({ sessionId: 's' }),
      { type: 'event', session_id: 's' },
      { type: 'event', name: 'x', type2: 1, session_id: 's' },
      identify('no e-mail'),
      { type: 'identify', session_id: 's' },
    ];
    for (const body of [...wrong, '', 'null', '7', '{', '[]', '[[]]']) {
      const answer = await send(body);
      const refused =
        answer.status === 200
          ? answer.json.data.every((row: { status: string }) => row.status === 'invalid')
          : answer.status === 400;
      expect([body, refused]).toEqual([body, true]);
    }
    expect(await count()).toBe(before);
    const mixed = await send([...wrong, page({ external_id: 'good' })]);
    expect(mixed.json.message).toBe(`1 of ${wrong.length + 1} rows stored`);
    expect(mixed.json.data[3].error.field).toBe('url');
    expect((await send(JSON.stringify(page({ title: 'x'.repeat(70_000) })))).status).toBe(413);
    expect(await count()).toBe(before + 1);
  });

  it('knows an active write key alone, and that key opens nothing else', async () => {
    const before = await count();
    for (const key of ['', 'wk_', 'wk_AAAAAAAAAAAAAAAAAAAAAAAA', ours.key]) {
      const answer = await send(page(), { key });
      expect([key, answer.status, answer.json.code]).toEqual([key, 401, 'UNAUTHORIZED']);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    const bare = await call(app, ours, 'POST', '/v1/collect', { body: page(), headers: { origin: ORIGIN } });
    expect(bare.status).toBe(401);
    expect(await count()).toBe(before);
    const asKey = { ...ours, key: writeKey };
    expect((await call(app, asKey, 'POST', '/v1/events', { body: { type: 'x', session_id: 's' } })).status).toBe(401);
    const inUrl = await call(app, null, 'GET', `/v1/customers?write_key=${writeKey}`, {
      headers: { 'x-tenant-id': ours.organizationId },
    });
    expect(inUrl.status).toBe(401);
  });

  it('refuses a revoked key', async () => {
    const other = await createOrganization(database);
    await allow(other, [ORIGIN]);
    const { id, key } = await newKey(other);
    const revoked = await call(app, other, 'DELETE', `/v1/write-keys/${id}`);
    expect([revoked.status, revoked.json.data.status]).toEqual([200, 'revoked']);
    expect((await send(page(), { key })).status).toBe(401);
    expect(await count(other.organizationId)).toBe(0);
  });

  it('lets in pages of the listed origins alone', async () => {
    const before = await count();
    for (const origin of ['https://evil.example', 'http://shop.example', 'null', undefined]) {
      const answer = await send(page(), { headers: { origin } });
      expect([origin, answer.status, answer.json.code]).toEqual([origin, 403, 'ORIGIN_NOT_ALLOWED']);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(await count()).toBe(before);
    const fresh = await createOrganization(database);
    const { key } = await newKey(fresh);
    const empty = await send(page(), { key });
    expect([empty.status, empty.json.code]).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(empty.json.hint).toContain('PUT /v1/organization/beacon');
  });

  it('answers the question a browser asks before it sends JSON', async () => {
    const ask = (origin: string, key = writeKey) =>
      call(app, null, 'OPTIONS', `/v1/collect?write_key=${key}`, {
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const yes = await ask(ORIGIN);
    expect([yes.status, yes.text]).toEqual([204, '']);
    expect(yes.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(yes.headers.get('access-control-allow-methods')).toBe('POST');
    expect(yes.headers.get('vary')).toBe('Origin');
    for (const no of [await ask('https://evil.example'), await ask(ORIGIN, 'wk_AAAAAAAAAAAAAAAAAAAAAAAA')]) {
      expect([no.status, no.headers.get('access-control-allow-origin')]).toEqual([204, null]);
    }
  });

  it('counts requests by key', async () => {
    const limited = createTestApp({
      db: database.app,
      endpoints: ENDPOINTS,
      now: () => NOW,
      rateLimits: { ingestPerMinute: 2 },
    });
    const second = await newKey(ours);
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await send([page()], { on: limited })).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await send([page()], { on: limited, key: second.key })).status).toBe(200);
  });

  it('keeps the key out of the logs', async () => {
    const logs: string[] = [];
    const logged = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW, logs });
    await send([page()], { on: logged });
    expect(logs.join('')).toContain('collectHits');
    expect(logs.join('')).not.toContain(writeKey);
  });
});

describe('write keys and origins', () => {
  it('are managed by those who may set up integrations, within their organization', async () => {
    const { key } = await addKey(database, ours.organizationId, { scopes: ['data.ingest', 'integrations.view'] });
    const viewer = { ...ours, key };
    expect((await call(app, viewer, 'POST', '/v1/write-keys', { body: { name: 'x' } })).status).toBe(403);
    expect((await call(app, viewer, 'PUT', '/v1/organization/beacon', { body: { origins: [] } })).status).toBe(403);
    const list = await call(app, viewer, 'GET', '/v1/write-keys');
    expect(list.json.data.some((row: { key: string }) => row.key === writeKey)).toBe(true);
    expect(list.json.pagination.total).toBe(list.json.data.length);
    const beacon = await call(app, viewer, 'GET', '/v1/organization/beacon');
    expect(beacon.json.data.origins).toEqual([ORIGIN]);
    const stranger = await createOrganization(database);
    expect((await call(app, stranger, 'GET', '/v1/write-keys')).json.data).toEqual([]);
    const theirs = await call(app, stranger, 'DELETE', `/v1/write-keys/${list.json.data[0].id}`);
    expect(theirs.status).toBe(404);
  });

  it('keep origins as browsers send them and refuse what is none', async () => {
    const other = await createOrganization(database);
    const put = (origins: unknown, headers = {}) =>
      call(app, other, 'PUT', '/v1/organization/beacon', { body: { origins }, headers });
    const stored = await put(['HTTPS://Shop.Example:443/', ORIGIN, 'http://127.0.0.1:3000']);
    expect(stored.json.data.origins).toEqual([ORIGIN, 'http://127.0.0.1:3000']);
    const wrong = await put([ORIGIN, 'https://*.example']);
    expect([wrong.status, wrong.json.details.field]).toEqual([400, 'origins.1']);
    expect((await put([], { 'if-match': '"1"' })).status).toBe(412);
    const audited = await database.owner`
      select action from audit_logs where organization_id = ${other.organizationId} and entity_type = 'organization'`;
    expect(audited).toEqual([{ action: 'organization.beacon_origins' }]);
  });

  it('record who made and revoked a key, once', async () => {
    const other = await createOrganization(database);
    const { id } = await newKey(other);
    for (let i = 0; i < 2; i++) expect((await call(app, other, 'DELETE', `/v1/write-keys/${id}`)).status).toBe(200);
    const actions = await database.owner`
      select action from audit_logs where entity_id = ${id} order by created_at, action`;
    expect(actions.map((row) => row.action)).toEqual(['write_key.create', 'write_key.revoke']);
  });
});
