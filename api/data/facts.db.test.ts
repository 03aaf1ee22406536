import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => new Date('2026-06-30T12:00:00Z') });
  organization = await createOrganization(database);
});
afterAll(() => database?.drop());

const send = (method: string, path: string, body?: unknown, headers = {}, as = organization) =>
  call(app, as, method, path, { ...(body === undefined ? {} : { body }), headers });
const interaction = (external_interaction_id: string, extra: object = {}) => ({
  external_interaction_id,
  channel: 'call',
  started_at: '2026-06-01T10:00:00Z',
  customer_identifiers: [{ type: 'email', value: 'p@example.com' }],
  ...extra,
});
const conversion = (external_event_id: string, extra: object = {}) => ({
  external_event_id,
  event_type: 'purchase',
  customer_identifiers: [{ type: 'email', value: 'p@example.com' }],
  amount_decimal: 10.5,
  currency: 'USD',
  occurred_at: '2026-06-02T10:00:00Z',
  event_source: 'billing',
  ...extra,
});
const create = async (path: string, body: unknown, as = organization) => {
  const { status, json } = await send('POST', path, body, {}, as);
  expect(status).toBe(201);
  return json.data;
};

describe('a stored fact', () => {
  it('is read, corrected under its ETag and voided once', async () => {
    const { id } = await create('/v1/interactions', interaction('one', { cost: 1.5, cost_currency: 'USD' }));
    const read = await send('GET', `/v1/interactions/${id}`);
    expect([read.status, read.headers.get('etag'), read.json.data.cost]).toEqual([200, '"1"', 1.5]);
    const corrected = await send('PUT', `/v1/interactions/${id}`, { cost: '2.25' }, { 'if-match': '"1"' });
    expect([corrected.status, corrected.headers.get('etag'), corrected.json.data.cost]).toEqual([200, '"2"', 2.25]);
    expect((await send('PUT', `/v1/interactions/${id}`, { cost: 3 }, { 'if-match': '"1"' })).status).toBe(412);
    const voided = await send('POST', `/v1/interactions/${id}/void`, { reason: 'a test' });
    expect(voided.json.data).toMatchObject({
      void_reason: 'a test',
      voided_at: '2026-06-30T12:00:00.000Z',
      version: 3,
    });
    const again = await send('POST', `/v1/interactions/${id}/void`, { reason: 'a test' });
    expect([again.status, again.json.code]).toEqual([409, 'ALREADY_VOIDED']);
    expect((await send('GET', `/v1/interactions/${id}`)).json.data.void_reason).toBe('a test');
    // Its external id stays taken.
    expect((await send('POST', '/v1/interactions', interaction('one'))).status).toBe(409);
  });

  it('of money keeps every digit through a correction', async () => {
    const { id } = await create('/v1/conversions', conversion('money'));
    const path = `/v1/conversions/${id}`;
    expect((await send('PUT', path, { amount_decimal: 1.005 })).json).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { field: 'amount_decimal' },
    });
    expect((await send('PUT', path, { currency: 'KWD', amount_decimal: '1.005' })).json.data.amount_decimal).toBe(
      1.005,
    );
    const voided = await send('POST', `${path}/void`, { reason: 'unpaid' });
    expect([voided.status, voided.json.data.version]).toEqual([200, 3]);
    expect((await send('POST', `${path}/void`, { reason: 'unpaid' })).status).toBe(409);
    expect((await send('PUT', path, { event_type: 'x' })).json.code).toBe('ALREADY_VOIDED');
  });

  it.each([
    ['/v1/interactions', { external_interaction_id: 'new' }, 'external_interaction_id'],
    ['/v1/interactions', { started_at: 'yesterday' }, 'started_at'],
    ['/v1/interactions', { channel: null }, 'channel'],
    ['/v1/interactions', { customer_identifiers: [] }, 'customer_identifiers'],
    ['/v1/interactions', { ended_at: '2026-05-01T00:00:00Z' }, 'ended_at'],
    ['/v1/interactions', { participants: [{ type: 'team', id: crypto.randomUUID() }] }, 'participants.0.id'],
    ['/v1/interactions', { participants: [{ type: 'team', number: 999 }] }, 'participants.0.number'],
    ['/v1/interactions', { participants: [{ type: 'agent', number: 1 }] }, 'participants.0.number'],
    ['/v1/interactions', { participants: [{ agent_id: 'x', team_id: 'nowhere' }] }, 'participants.0.team_id'],
    ['/v1/conversions', { external_event_id: 'new' }, 'external_event_id'],
    ['/v1/conversions', { amount_decimal: -1 }, 'amount_decimal'],
    ['/v1/conversions', { currency: 'XXQ' }, 'currency'],
    ['/v1/conversions', {}, 'body'],
  ])('on %s is not corrected by %j: 400 that names the field', async (path, change, field) => {
    const input =
      path === '/v1/interactions' ? interaction(`bad-${Math.random()}`) : conversion(`bad-${Math.random()}`);
    const { id } = await create(path, input);
    const { status, json } = await send('PUT', `${path}/${id}`, change);
    expect([status, json.code, json.details?.field]).toEqual([400, 'VALIDATION_ERROR', field]);
    expect((await send('GET', `${path}/${id}`)).json.data.version).toBe(1);
    expect((await send('POST', `${path}/${id}/void`, {})).json.details.field).toBe('reason');
  });

  it('does not exist for another organization', async () => {
    const stranger = await createOrganization(database);
    const touch = await create('/v1/interactions', interaction('canary'));
    const sale = await create('/v1/conversions', conversion('canary'));
    for (const [path, change] of [
      [`/v1/interactions/${touch.id}`, { language: 'fr' }],
      [`/v1/conversions/${sale.id}`, { event_type: 'x' }],
    ] as const) {
      for (const [method, url, body] of [
        ['GET', path, undefined],
        ['PUT', path, change],
        ['POST', `${path}/void`, { reason: 'x' }],
      ] as const) {
        const answer = await send(method, url, body, {}, stranger);
        expect([url, answer.status, answer.json.code]).toEqual([url, 404, 'NOT_FOUND']);
      }
    }
    for (const query of ['', `?customer_id=${touch.customer_id}`]) {
      for (const path of ['/v1/interactions', '/v1/conversions']) {
        const list = await send('GET', `${path}${query}`, undefined, {}, stranger);
        expect(list.json).toMatchObject({ data: [], pagination: { total: 0 } });
      }
    }
  });
});

describe('the lists', () => {
  it('filter, sort and page; a person is found by any linked record', async () => {
    const own = await createOrganization(database);
    const [mail, phone] = [
      { type: 'email', value: 'a@example.com' },
      { type: 'phone', value: '+14155552671' },
    ];
    const add = (name: string, extra: object) => create('/v1/interactions', interaction(name, extra), own);
    const first = await add('i1', {
      customer_identifiers: [mail],
      participants: [{ agent_id: 'ana', agent_name: 'Ana' }],
      vendor_code: 'convin',
    });
    await add('i2', { customer_identifiers: [phone], channel: 'email', started_at: '2026-06-02T23:59:59Z' });
    await add('i3', { customer_identifiers: [mail, phone], started_at: '2026-06-03T00:00:00Z' });
    await add('i4', { customer_identifiers: [{ type: 'email', value: 'other@example.com' }] });
    const gone = await add('i5', {});
    await send('POST', `/v1/interactions/${gone.id}/void`, { reason: 'x' }, {}, own);
    const list = async (query: string) => {
      const { status, json } = await send('GET', `/v1/interactions?${query}`, undefined, {}, own);
      expect([query, status]).toEqual([query, 200]);
      return [
        json.data.map((row: { external_interaction_id: string }) => row.external_interaction_id),
        json.pagination,
      ];
    };
    const names = async (query: string) => (await list(query))[0];
    expect(await names('sort=started_at')).toEqual(['i1', 'i4', 'i2', 'i3']);
    expect(await list('limit=1')).toEqual([['i3'], { page: 1, limit: 1, total: 4, pages: 4 }]);
    expect(await list('limit=3&page=2&sort=started_at')).toEqual([['i3'], { page: 2, limit: 3, total: 4, pages: 2 }]);
    expect(await list('page=9')).toEqual([[], { page: 9, limit: 50, total: 4, pages: 1 }]);
    expect(await names('channel=EMAIL')).toEqual(['i2']);
    expect(await names('start_date=2026-06-02&end_date=2026-06-02')).toEqual(['i2']);
    expect(await names('vendor_code=convin')).toEqual(['i1']);
    const [row] = (await send('GET', '/v1/interactions?vendor_code=convin', undefined, {}, own)).json.data;
    expect(row.participants).toEqual([
      { type: 'agent', agent_id: expect.any(String), external_id: 'ana', name: 'Ana', team_id: null, share: null },
    ]);
    expect(await names(`vendor_id=${row.vendor_id}&agent_id=${row.participants[0].agent_id}`)).toEqual(['i1']);
    for (const { customer_id } of [
      first,
      row,
      {
        customer_id: (await send('GET', '/v1/interactions?channel=email', undefined, {}, own)).json.data[0].customer_id,
      },
    ]) {
      expect(await names(`customer_id=${customer_id}`)).toEqual(['i3', 'i2', 'i1']);
    }
  });

  it('of conversions filter by type, person and days of the organization’s zone', async () => {
    const own = await createOrganization(database);
    await database.owner`update organizations set time_zone = 'America/New_York' where id = ${own.organizationId}`;
    const late = await create('/v1/conversions', conversion('late', { occurred_at: '2026-06-03T03:00:00Z' }), own);
    await create('/v1/conversions', conversion('early', { event_type: 'signup' }), own);
    const names = async (query: string) =>
      (await send('GET', `/v1/conversions?${query}`, undefined, {}, own)).json.data.map(
        (row: { external_event_id: string }) => row.external_event_id,
      );
    expect(await names('')).toEqual(['late', 'early']);
    expect(await names('sort=occurred_at')).toEqual(['early', 'late']);
    expect(await names('event_type=signup')).toEqual(['early']);
    expect(await names('start_date=2026-06-03')).toEqual([]);
    expect(await names('end_date=2026-06-02')).toEqual(['late', 'early']);
    expect(await names(`customer_id=${late.customer_id}`)).toEqual(['late', 'early']);
  });

  it.each([
    ['/v1/interactions?sort=transcript_url', 'sort'],
    ['/v1/interactions?customer_id=7', 'customer_id'],
    ['/v1/interactions?start_date=2026-02-30', 'start_date'],
    ['/v1/interactions?colour=red', 'colour'],
    ['/v1/conversions?limit=0', 'limit'],
    ['/v1/conversions?sort=amount', 'sort'],
  ])('refuse %s and name the field', async (path, field) => {
    const { status, json } = await send('GET', path);
    expect([status, json.details.field]).toEqual([400, field]);
  });
});
