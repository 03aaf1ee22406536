import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { importWorker } from '../../test/http/uploads.ts';

const now = () => new Date('2026-06-30T12:00:00Z');

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now });
});
beforeEach(async () => {
  organization = await createOrganization(database);
});
afterAll(() => database?.drop());

const send = (method: string, path: string, body?: unknown) =>
  call(app, organization, method, path, body === undefined ? {} : { body });
const ann = [{ type: 'email', value: 'ann@example.com' }];
const order = (external_event_id: string, extra: object = {}) => ({
  external_event_id,
  event_type: 'purchase',
  customer_identifiers: ann,
  amount_decimal: '100.00',
  currency: 'USD',
  occurred_at: '2026-06-02T10:00:00Z',
  event_source: 'billing',
  ...extra,
});
const refund = (external_event_id: string, refund_of: string, amount_decimal: string | number, extra: object = {}) => ({
  external_event_id,
  event_type: 'refund',
  refund_of,
  amount_decimal,
  currency: 'USD',
  occurred_at: '2026-06-09T10:00:00Z',
  event_source: 'billing',
  ...extra,
});
const post = (body: unknown) => send('POST', '/v1/conversions', body);
const created = async (body: unknown) => {
  const { status, json } = await post(body);
  expect(status, JSON.stringify(json)).toBe(201);
  return json.data as { id: string; customer_id: string };
};
const read = async (id: string) => (await send('GET', `/v1/conversions/${id}`)).json.data;
const net = async () => {
  const [row] = await database.owner<[{ net: string; count: number }]>`
    select coalesce(sum(amount_minor), 0)::text as net, count(*)::int as count from conversions
    where organization_id = ${organization.organizationId} and voided_at is null`;
  return [Number(row.net), row.count];
};

describe('a refund', () => {
  it('names its original by external id or id and belongs to its customer, whoever it names itself', async () => {
    const sold = await created(order('o'));
    const byExternalId = await created(refund('r1', 'o', -25.5));
    const byId = await created(
      refund('r2', sold.id.toUpperCase(), '-4.50', {
        customer_identifiers: [{ type: 'email', value: 'bob@example.com' }],
      }),
    );
    expect([byExternalId.customer_id, byId.customer_id]).toEqual([sold.customer_id, sold.customer_id]);
    expect(await read(byExternalId.id)).toMatchObject({ refund_of: sold.id, amount_decimal: -25.5, version: 1 });
    expect(await read(sold.id)).toMatchObject({ refund_of: null, amount_decimal: 100 });
    // The identifiers of a refund are no evidence of who is who.
    expect((await send('GET', '/v1/customers?email=bob@example.com')).json.data).toEqual([]);
    const listed = await send('GET', `/v1/conversions?refund_of=${sold.id}&sort=occurred_at`);
    expect(listed.json.data.map((row: { id: string }) => row.id).sort()).toEqual([byExternalId.id, byId.id].sort());
    const journey = (await send('GET', `/v1/customers/${sold.customer_id}/journey`)).json.data;
    expect(journey.customer).toMatchObject({ conversions: 1, refunds: 2, revenue: [{ currency: 'USD', amount: 70 }] });
    expect(journey.conversions.map((one: { refund_of: string | null }) => one.refund_of)).toEqual([
      null,
      sold.id,
      sold.id,
    ]);
    expect(journey.pagination.total).toBe(3);
    expect(journey.velocity.touches_per_conversion).toBe(0);
  });

  it.each([
    [
      'a negative amount without an original',
      order('x', { amount_decimal: '-1' }),
      'VALIDATION_ERROR',
      'amount_decimal',
    ],
    ['a positive amount with one', refund('x', 'o', '1'), 'VALIDATION_ERROR', 'amount_decimal'],
    ['nothing at all', refund('x', 'o', '-0.00'), 'VALIDATION_ERROR', 'amount_decimal'],
    ['an original that is not there', refund('x', 'nobody', '-1'), 'REFUND_ORIGINAL_NOT_FOUND', 'refund_of'],
    ['itself', refund('x', 'x', '-1'), 'REFUND_ORIGINAL_NOT_FOUND', 'refund_of'],
    ['another currency', refund('x', 'o', '-1', { currency: 'EUR' }), 'REFUND_CURRENCY_MISMATCH', 'currency'],
    ['more than was paid', refund('x', 'o', '-100.01'), 'REFUND_EXCEEDS_ORIGINAL', 'amount_decimal'],
    ['a refund', refund('x', 'r', '-1'), 'REFUND_OF_REFUND', 'refund_of'],
    ['a voided conversion', refund('x', 'void', '-1'), 'REFUND_ORIGINAL_VOIDED', 'refund_of'],
    [
      'no customer and no original',
      { ...order('x'), customer_identifiers: undefined },
      'VALIDATION_ERROR',
      'customer_identifiers',
    ],
  ])('is refused with %s, and nothing is stored', async (_, body, code, field) => {
    await created(order('o'));
    const voided = await created(order('void'));
    await send('POST', `/v1/conversions/${voided.id}/void`, { reason: 'unpaid' });
    await created(refund('r', 'o', '-0.01'));
    const before = await net();
    const { status, json } = await post(body);
    expect([status, json.code, json.details.field]).toEqual([400, code, field]);
    const [row] = (await post([body])).json.data;
    expect(row).toMatchObject({ status: 'invalid', error: { code } });
    expect(await net()).toEqual(before);
  });

  it('never takes back more than was paid, however many come at once', async () => {
    await created(order('o'));
    const apps = [app, createTestApp({ db: database.app, endpoints: ENDPOINTS, now })];
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        call(apps[index % 2]!, organization, 'POST', '/v1/conversions', { body: refund(`r${index}`, 'o', '-9.00') }),
      ),
    );
    const statuses = answers.map(({ status, json }) => (status === 400 ? json.code : status));
    expect(statuses.filter((status) => status === 201)).toHaveLength(11);
    expect(statuses.filter((status) => status === 'REFUND_EXCEEDS_ORIGINAL')).toHaveLength(13);
    expect(await net()).toEqual([100, 12]);
  });

  it('may stand behind its original in one array, and is told to be a duplicate when it comes again', async () => {
    const rows = [
      refund('early', 'a', '-1'),
      order('a'),
      refund('a1', 'a', '-60'),
      refund('a2', 'a', '-60'),
      refund('a2', 'a', '-40'),
      refund('a3', 'a1', '-1'),
    ];
    const outcomes = (await post(rows)).json.data;
    expect(outcomes.map((row: { status: string; error?: { code: string } }) => row.error?.code ?? row.status)).toEqual([
      'REFUND_ORIGINAL_NOT_FOUND',
      'created',
      'created',
      'REFUND_EXCEEDS_ORIGINAL',
      'created',
      'REFUND_OF_REFUND',
    ]);
    expect(outcomes[2].customer_id).toBe(outcomes[1].customer_id);
    expect((await read(outcomes[2].id)).refund_of).toBe(outcomes[1].id);
    const again = await post(refund('a1', 'a', '-60'));
    expect([again.status, again.json.code, again.json.details.existing_id]).toEqual([
      409,
      'DUPLICATE_CONVERSION',
      outcomes[2].id,
    ]);
    expect(await net()).toEqual([0, 3]);
  });
});

describe('a conversion with refunds', () => {
  it('keeps covering them through corrections, in their currency, and is not voided before them', async () => {
    const sold = await created(order('o'));
    const back = await created(refund('r', 'o', '-40'));
    const put = async (id: string, body: object) => {
      const { status, json } = await send('PUT', `/v1/conversions/${id}`, body);
      return status === 200 ? 200 : `${status} ${json.code}`;
    };
    const strike = async (id: string) => {
      const { status, json } = await send('POST', `/v1/conversions/${id}/void`, { reason: 'wrong' });
      return status === 200 ? 200 : `${status} ${json.code}`;
    };
    expect(await put(sold.id, { amount_decimal: '39.99' })).toBe('409 REFUNDS_EXCEED_AMOUNT');
    expect(await put(sold.id, { currency: 'EUR' })).toBe('409 HAS_REFUNDS');
    expect(await strike(sold.id)).toBe('409 HAS_REFUNDS');
    expect(await put(sold.id, { amount_decimal: '50' })).toBe(200);
    expect(await put(back.id, { amount_decimal: '-50.01' })).toBe('400 REFUND_EXCEEDS_ORIGINAL');
    expect(await put(back.id, { currency: 'EUR' })).toBe('400 REFUND_CURRENCY_MISMATCH');
    expect(await put(back.id, { amount_decimal: '5' })).toBe('400 VALIDATION_ERROR');
    expect(await put(back.id, { customer_identifiers: ann })).toBe('400 VALIDATION_ERROR');
    expect(await put(back.id, { amount_decimal: '-50' })).toBe(200);
    expect(await put(back.id, { refund_of: 'other' })).toBe('400 VALIDATION_ERROR');
    // What a voided refund took back is there to be refunded again.
    expect(await strike(back.id)).toBe(200);
    await created(refund('again', 'o', '-50'));
    expect(await strike(sold.id)).toBe('409 HAS_REFUNDS');
  });

  it('takes its refunds along when it turns out to be of another customer, and the history keeps both', async () => {
    const sold = await created(order('o'));
    const back = await created(refund('r', 'o', '-40'));
    const moved = await send('PUT', `/v1/conversions/${sold.id}`, {
      customer_identifiers: [{ type: 'email', value: 'carla@example.com' }],
    });
    expect(moved.json.data.customer_id).not.toBe(sold.customer_id);
    expect(await read(back.id)).toMatchObject({
      customer_id: moved.json.data.customer_id,
      version: 2,
      refund_of: sold.id,
    });
    const history = await database.owner`
      select customer_id, refund_of, version from conversions_history where id = ${back.id}`;
    expect([...history]).toEqual([{ customer_id: sold.customer_id, refund_of: sold.id, version: 1 }]);
  });
});

describe('refunds of a file', () => {
  const HEAD = 'order id,type,amount,currency,date,source,email,refund of';
  const line = (id: string, amount: string, of = '') =>
    `${id},${of ? 'refund' : 'purchase'},${amount},USD,2026-06-02T10:00:00Z,shop,${of ? '' : 'ann@example.com'},${of}`;
  const upload = async (lines: string[]) => {
    const asked = await call(app, organization, 'POST', '/v1/uploads?kind=conversions', {
      text: [HEAD, ...lines].join('\n'),
      headers: { 'content-type': 'text/csv' },
    });
    await importWorker(database, now, { batchRows: 2 }).work(organization.organizationId, asked.json.data.id);
    return (await send('GET', `/v1/uploads/${asked.json.data.id}`)).json.data;
  };

  it('find originals of earlier batches, and are taken back with them; a refund from elsewhere keeps its original', async () => {
    const lines = [line('a', '10'), line('b', '10'), line('c', '-4', 'a'), line('d', '-7', 'a'), line('e', '-1', 'b')];
    const done = await upload(lines);
    expect(done).toMatchObject({ status: 'completed', created: 4, failed: 1 });
    expect(done.errors).toMatchObject([{ line: 5, field: 'amount_decimal', code: 'REFUND_EXCEEDS_ORIGINAL' }]);
    await created(refund('api', 'a', '-2'));
    const undo = await send('POST', `/v1/uploads/${done.id}/undo`, {});
    expect(undo.status).toBe(200);
    await importWorker(database, now, { batchRows: 2 }).work(organization.organizationId, done.id, 2);
    const after = (await send('GET', `/v1/uploads/${done.id}`)).json.data;
    expect(after).toMatchObject({ status: 'undone', kept_after_undo: 1 });
    expect(await net()).toEqual([800, 2]);
  });
});
