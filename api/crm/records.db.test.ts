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
import { ENDPOINTS } from '../endpoints.ts';

let database: TestDatabase;
let app: Hono;
let own: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => new Date('2026-06-30T12:00:00Z') });
  own = await createOrganization(database);
});
afterAll(() => database?.drop());

const send = (method: string, path: string, body?: unknown, as = own, headers = {}) =>
  call(app, as, method, path, { ...(body === undefined ? {} : { body }), headers });
const create = async (path: string, body: unknown, as = own) => {
  const { status, json } = await send('POST', `/api/v1${path}`, body, as);
  expect([status, json.error]).toEqual([201, undefined]);
  return json.data;
};

describe('a prospect', () => {
  it('is created as the documentation prints it, read, found by part of a name and hidden when deleted', async () => {
    const john = await create('/prospects', {
      email: 'john@acme.com',
      firstName: 'John',
      lastName: 'Doe',
      company: 'Acme Inc',
    });
    expect(john).toMatchObject({ status: 'new', relationshipStage: 'cold', bdrAssigned: false, version: 1 });
    const list = await send('GET', '/api/v1/prospects?q=hn%20do');
    expect(list.json).toMatchObject({ data: [{ id: john.id }], pagination: { total: 1, pages: 1 } });
    expect((await send('GET', '/api/v1/prospects?q=%25')).json.pagination.total).toBe(0);
    const again = await send('POST', '/api/v1/prospects', { email: 'John@ACME.com' });
    expect([again.status, again.json.error.code, again.json.error.details.existingId]).toEqual([
      409,
      'DUPLICATE_PROSPECT',
      john.id,
    ]);
    expect((await send('DELETE', `/api/v1/prospects/${john.id}`)).status).toBe(200);
    expect((await send('GET', `/api/v1/prospects/${john.id}`)).status).toBe(404);
    const second = await create('/prospects', { email: 'john@acme.com' });
    expect((await send('POST', `/api/v1/prospects/${john.id}/restore`)).json.error.code).toBe('DUPLICATE_PROSPECT');
    await send('DELETE', `/api/v1/prospects/${second.id}`);
    expect((await send('POST', `/api/v1/prospects/${john.id}/restore`)).json.data.id).toBe(john.id);
    expect((await send('POST', `/api/v1/prospects/${john.id}/restore`)).json.error.code).toBe('NOT_DELETED');
  });

  it('is changed in part under its ETag, and a status change stands in its timeline once', async () => {
    const { id } = await create('/prospects', { email: 'etag@acme.com', phone: '+1 415 555 2671' });
    const path = `/api/v1/prospects/${id}`;
    const changed = await send('PUT', path, { status: 'engaged', phone: null }, own, { 'if-match': '"1"' });
    expect(changed.json.data).toMatchObject({ status: 'engaged', phone: null, version: 2 });
    expect((await send('PUT', path, { title: 'x' }, own, { 'if-match': '"1"' })).status).toBe(412);
    expect((await send('PUT', path, { status: 'engaged' })).json.data.version).toBe(2);
    const lines = await database.owner`select type, data from activities where prospect_id = ${id}`;
    expect(lines).toMatchObject([{ type: 'status_changed', data: { from: 'new', to: 'engaged' } }]);
    const events = await database.owner`select type from domain_events where entity_id = ${id} order by created_at, id`;
    expect(events.map((row) => row.type)).toEqual(['prospect.created', 'prospect.updated']);
  });

  it('is linked to the person that its address or number belongs to', async () => {
    await send('POST', '/v1/interactions', {
      external_interaction_id: 'c1',
      channel: 'call',
      started_at: '2026-06-20T10:00:00Z',
      customer_identifiers: [{ type: 'phone', value: '+14155550123' }],
    });
    const prospect = await create('/prospects', { firstName: 'Ann', phone: '(415) 555-0123' });
    const found = await send('GET', '/v1/customers?phone=%2B14155550123');
    expect(prospect.customerId).toBeTruthy();
    expect(found.json.data.map((customer: { id: string }) => customer.id)).toEqual([prospect.customerId]);
  });

  it('counts against the plan, exactly, under concurrency', async () => {
    const small = await createOrganization(database);
    await database.owner`update organizations set plan = 'free' where id = ${small.organizationId}`;
    await database.owner`
      insert into prospects (organization_id, email)
      select ${small.organizationId}, 'p' || n || '@x.example' from generate_series(1, 97) n`;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => send('POST', '/api/v1/prospects', { email: `late${n}@x.example` }, small)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 403, 403, 403, 403, 403]);
    expect(answers.find(({ status }) => status === 403)?.json.error.code).toBe('PLAN_LIMIT_REACHED');
  });

  it('holds only custom fields that are defined, of their type', async () => {
    await create('/custom-fields', { entity: 'prospect', key: 'tier', type: 'enum', options: ['a', 'b'] });
    const { id } = await create('/prospects', { email: 'custom@acme.com', custom: { tier: 'a' } });
    const path = `/api/v1/prospects/${id}`;
    expect((await send('PUT', path, { custom: { tier: 'c' } })).json.error.details.field).toBe('custom.tier');
    expect((await send('PUT', path, { custom: { other: 1 } })).json.error.details.field).toBe('custom.other');
    expect((await send('PUT', path, { custom: { tier: null } })).json.data.custom).toEqual({});
  });

  it.each([
    [{}, 'email'],
    [{ email: 'nobody' }, 'email'],
    [{ email: 'a@b.example', timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ email: 'a@b.example', accountId: '018f0000-0000-7000-8000-000000000000' }, 'accountId'],
    [{ email: 'a@b.example', priorityScore: 101 }, 'priorityScore'],
    [{ email: 'a@b.example', intentScore: 5 }, 'intentScore'],
  ])('is refused as %j: 400 that names the field', async (body, field) => {
    const { status, json } = await send('POST', '/api/v1/prospects', body);
    expect([status, json.error.details.field]).toEqual([400, field]);
  });
});

describe('an account', () => {
  it('takes in the prospects of its domain and stands in a tree without circles', async () => {
    const parent = await create('/accounts', { name: 'Globex', domain: 'globex.example' });
    const child = await create('/accounts', { name: 'Globex Europe', parentAccountId: parent.id });
    const grandchild = await create('/accounts', { name: 'Globex Berlin', parentAccountId: child.id });
    expect((await create('/prospects', { email: 'ann@globex.example' })).accountId).toBe(parent.id);
    const tree = await send('GET', `/api/v1/accounts/${child.id}/hierarchy`);
    expect(tree.json.data.nodes.map((node: { id: string; depth: number }) => [node.id, node.depth])).toEqual([
      [parent.id, -1],
      [child.id, 0],
      [grandchild.id, 1],
    ]);
    const circle = await send('PUT', `/api/v1/accounts/${parent.id}`, { parentAccountId: grandchild.id });
    expect([circle.status, circle.json.error.code]).toEqual([409, 'ACCOUNT_CYCLE']);
    expect((await send('PUT', `/api/v1/accounts/${parent.id}`, { parentAccountId: parent.id })).status).toBe(400);
  });

  it('never gets into a circle by two moves at once', async () => {
    const a = await create('/accounts', { name: 'A' });
    const b = await create('/accounts', { name: 'B' });
    const answers = await Promise.all([
      send('PUT', `/api/v1/accounts/${a.id}`, { parentAccountId: b.id }),
      send('PUT', `/api/v1/accounts/${b.id}`, { parentAccountId: a.id }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is deleted softly, frees its domain and comes back', async () => {
    const { id } = await create('/accounts', { name: 'Initech', domain: 'initech.example' });
    const again = await send('POST', '/api/v1/accounts', { name: 'Other', domain: 'INITECH.example' });
    expect([again.status, again.json.error.details.existingId]).toEqual([409, id]);
    await send('DELETE', `/api/v1/accounts/${id}`);
    expect((await send('GET', `/api/v1/accounts/${id}`)).status).toBe(404);
    expect((await send('POST', `/api/v1/accounts/${id}/restore`)).json.data.domain).toBe('initech.example');
  });
});

describe('another organization', () => {
  it('finds neither prospects nor accounts, and cannot name them', async () => {
    const stranger = await createOrganization(database);
    const account = await create('/accounts', { name: 'Hidden' });
    const prospect = await create('/prospects', { email: 'hidden@acme.com' });
    for (const path of [`/api/v1/prospects/${prospect.id}`, `/api/v1/accounts/${account.id}`]) {
      for (const [method, body] of [
        ['GET', undefined],
        ['PUT', { description: 'x' }],
        ['DELETE', undefined],
      ] as const) {
        const changes = path.includes('prospects') && body ? { title: 'x' } : body;
        expect([method, path, (await send(method, path, changes, stranger)).status]).toEqual([method, path, 404]);
      }
    }
    const named = await send('POST', '/api/v1/prospects', { email: 'x@y.example', accountId: account.id }, stranger);
    expect([named.status, named.json.error.details.field]).toEqual([400, 'accountId']);
  });
});
