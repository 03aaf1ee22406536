import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { INWARD_URLS } from '../../test/inward-urls.ts';
import { ENDPOINTS } from '../endpoints.ts';

let database: TestDatabase;
let app: Hono;
let us: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS });
  us = await createOrganization(database);
});
afterAll(() => database?.drop());

const URL_OF_OURS = 'https://hooks.example.com/revloop';
const create = (body: object, as = us) =>
  call(app, as, 'POST', '/api/v1/webhooks', { body: { url: URL_OF_OURS, events: ['deal.*'], ...body } });
const path = (id: string, rest = '') => `/api/v1/webhooks/${id}${rest}`;

describe('a webhook endpoint', () => {
  it('shows its secret once: in the answer to its creation, and a new one at a rotation', async () => {
    const created = await create({ ordered: true, batch: { maxEvents: 50 } });
    expect(created.status).toBe(201);
    const { secret, ...endpoint } = created.json.data;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toMatchObject({
      url: URL_OF_OURS,
      active: true,
      health: 'healthy',
      ordered: true,
      batch: { maxEvents: 50, maxWaitSeconds: 5 },
      filters: {},
    });
    const read = await call(app, us, 'GET', path(endpoint.id));
    expect(read.json.data).toMatchObject({ ...endpoint, healthDetails: { pending: 0, dead: 0 } });
    const list = await call(app, us, 'GET', '/api/v1/webhooks?q=hooks&active=true&filter=contains_any(events,deal.*)');
    expect(list.json.data).toContainEqual(endpoint);
    const rotated = await call(app, us, 'POST', path(endpoint.id, '/rotate-secret'), { body: { overlapSeconds: 60 } });
    expect(rotated.json.data.secret).not.toBe(secret);
    expect(rotated.json.data.previousSecretExpiresAt).not.toBeNull();
    for (const answer of [read, list, await call(app, us, 'GET', path(endpoint.id))]) {
      expect(answer.text).not.toContain('whsec_');
    }
    const { rows } = { rows: await database.owner`select * from audit_logs where entity_id = ${endpoint.id}` };
    expect(rows.map((row) => row.action)).toEqual(['webhook.create', 'webhook.rotate_secret']);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('is changed, disabled, enabled and deleted under its ETag', async () => {
    const { json, headers } = await create({});
    const { id } = json.data;
    const stale = await call(app, us, 'PUT', path(id), { body: { events: ['*'] }, headers: { 'if-match': '"9"' } });
    expect([stale.status, stale.json.error.code]).toEqual([412, 'PRECONDITION_FAILED']);
    const off = await call(app, us, 'PUT', path(id), {
      body: { active: false, description: 'Off' },
      headers: { 'if-match': headers.get('etag')! },
    });
    expect(off.json.data).toMatchObject({
      active: false,
      disabledReason: 'manual',
      health: 'disabled',
      description: 'Off',
    });
    const replay = { body: { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' } };
    const refused = await call(app, us, 'POST', path(id, '/replay'), replay);
    expect([refused.status, refused.json.error.code]).toEqual([409, 'ENDPOINT_INACTIVE']);
    const on = await call(app, us, 'PUT', path(id), {
      body: { active: true, batch: { maxEvents: 2, maxWaitSeconds: 1 } },
    });
    expect(on.json.data).toMatchObject({ active: true, disabledReason: null, disabledAt: null });
    expect((await call(app, us, 'POST', path(id, '/replay'), replay)).json.data).toMatchObject({ id, queued: 0 });
    const test = await call(app, us, 'POST', path(id, '/test'));
    expect([test.status, test.json.data]).toMatchObject([201, { kind: 'test', status: 'pending', attempts: [] }]);
    const logs = await call(app, us, 'GET', path(id, '/logs?status=pending&eventType=webhook.test'));
    expect(logs.json.data).toEqual([test.json.data]);
    const again = await call(app, us, 'POST', `/api/v1/webhooks/logs/${test.json.data.id}/retry`);
    expect(again.json.data.webhookId).toBe(test.json.data.webhookId);
    expect((await call(app, us, 'DELETE', path(id))).status).toBe(200);
    expect((await call(app, us, 'GET', path(id))).status).toBe(404);
    expect((await call(app, us, 'GET', path(id, '/logs'))).status).toBe(404);
  });

  it('belongs to its organization, and needs its permissions', async () => {
    const { id } = (await create({})).json.data;
    const others = await createOrganization(database);
    for (const [method, rest, body] of [
      ['GET', '', undefined],
      ['PUT', '', { events: ['*'] }],
      ['DELETE', '', undefined],
      ['POST', '/test', undefined],
      ['POST', '/rotate-secret', undefined],
      ['GET', '/logs', undefined],
      ['POST', '/replay', { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }],
    ] as const) {
      expect((await call(app, others, method, path(id, rest), { body })).status).toBe(404);
    }
    const viewer = await createOrganization(database, { scopes: ['webhooks.view'] });
    expect((await create({}, viewer)).status).toBe(403);
    expect((await call(app, viewer, 'GET', '/api/v1/webhooks')).status).toBe(200);
  });

  it('refuses events, filters and options that mean nothing, naming what is wrong', async () => {
    const fieldOf = async (body: object) => (await create(body)).json.error?.details?.field;
    expect(await fieldOf({ events: ['deal.nothing'] })).toBe('events.0');
    expect(await fieldOf({ events: [] })).toBe('events');
    expect(await fieldOf({ events: ['Deal Won'] })).toBe('events.0');
    expect(await fieldOf({ filters: { planet: { field: 'x', op: 'eq', value: 1 } } })).toBe('filters.planet');
    expect(await fieldOf({ filters: { deal: { field: 'planet', op: 'eq', value: 1 } } })).toBe('filters.deal.field');
    expect(await fieldOf({ filters: { deal: { field: 'amount', op: 'gte', value: 'much' } } })).toBe(
      'filters.deal.value',
    );
    expect(await fieldOf({ batch: { maxEvents: 1 } })).toBe('batch.maxEvents');
    expect(await fieldOf({ batch: { maxEvents: 201 } })).toBe('batch.maxEvents');
  });

  it('leads to no address inside, however it is spelt, neither when it is created nor when it is changed', async () => {
    const { id } = (await create({})).json.data;
    for (const url of [
      ...INWARD_URLS(8080),
      'http://127.0.0.1/',
      'https://localhost/',
      'https://example.com:8443/',
      'http://example.com/',
    ]) {
      for (const answer of [await create({ url }), await call(app, us, 'PUT', path(id), { body: { url } })]) {
        expect([url, answer.status, answer.json.error?.details?.field]).toEqual([url, 400, 'url']);
      }
    }
    expect((await call(app, us, 'GET', path(id))).json.data.url).toBe(URL_OF_OURS);
  });
});

describe('the list of events', () => {
  it('gives schema, example and fields to filter by for each, and says what no version sends yet', async () => {
    const { status, json } = await call(app, us, 'GET', '/api/v1/webhooks/events');
    expect(status).toBe(200);
    const byName = new Map(json.data.events.map((event: { name: string }) => [event.name, event]));
    expect(byName.get('deal.stage_changed')).toMatchObject({
      available: true,
      entityType: 'deal',
      schema: {
        properties: { data: { properties: { from: { type: 'string' }, object: { type: ['object', 'null'] } } } },
      },
      example: {
        type: 'deal.stage_changed',
        data: { from: 'negotiation', to: 'closed_won', object: { currency: 'USD' } },
      },
      filterFields: { amount: 'money', to: 'enum', ownerId: 'uuid' },
    });
    expect(byName.get('email.opened')).toMatchObject({ available: true });
  });
});
