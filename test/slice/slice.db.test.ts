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
} from '../http/harness.ts';

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
const dispatched: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({
    db: database.app,
    endpoints: ENDPOINTS,
    now: () => new Date('2026-06-30T12:00:00Z'),
    afterCommit: (ids) => dispatched.push(...ids),
  });
  organization = await createOrganization(database);
});
afterAll(() => database?.drop());

const post = (path: string, body: unknown, as = organization) => call(app, as, 'POST', path, { body });
const postText = (path: string, text: string) => call(app, organization, 'POST', path, { text });
const get = (path: string, as = organization) => call(app, as, 'GET', path);

/** As the specification prints them. */
const PRINTED_INTERACTION = `{
  "external_interaction_id": "call-12345",
  "channel": "call",
  "vendor_code": "convin",
  "started_at": "2024-01-15T10:30:00Z",
  "ended_at": "2024-01-15T10:45:00Z",
  "direction": "inbound",
  "customer_identifiers": [
    {"type": "phone", "value": "+1234567890"}
  ],
  "primary_intent": "purchase_inquiry",
  "purchase_probability": 0.75
}`;
const PRINTED_CONVERSION = `{
  "external_event_id": "order-789",
  "event_type": "purchase",
  "customer_identifiers": [
    {"type": "phone", "value": "+1234567890"}
  ],
  "amount_decimal": 5000.00,
  "currency": "USD",
  "occurred_at": "2024-01-20T14:00:00Z",
  "event_source": "billing"
}`;
const PRINTED_RUN = `{
  "model_code": "TIME_DECAY",
  "name": "Q1 2024 Attribution",
  "config": {
    "time_window_hours": 72,
    "include_channels": ["call", "email", "chat"],
    "event_types": ["purchase", "signup"],
    "min_purchase_amount": 100.00
  }
}`;

describe('the printed examples', () => {
  it('are taken unchanged, once, and belong to one customer', async () => {
    const interaction = await postText('/v1/interactions', PRINTED_INTERACTION);
    expect(interaction.status).toBe(201);
    const conversion = await postText('/v1/conversions', PRINTED_CONVERSION);
    expect(conversion.status).toBe(201);
    expect(conversion.json.data.customer_id).toBe(interaction.json.data.customer_id);
    expect(Object.keys(interaction.json).sort()).toEqual(['data', 'message']);
    for (const [path, text] of [
      ['/v1/interactions', PRINTED_INTERACTION],
      ['/v1/conversions', PRINTED_CONVERSION],
    ] as const) {
      const again = await postText(path, text);
      expect([again.status, typeof again.json.error, again.json.code]).toEqual([
        409,
        'string',
        path === '/v1/interactions' ? 'DUPLICATE_INTERACTION' : 'DUPLICATE_CONVERSION',
      ]);
    }
  });

  it('make a pending run with the configuration that was asked for, which execution hands to the process', async () => {
    const created = await postText('/v1/attribution/runs', PRINTED_RUN);
    expect(created.status).toBe(201);
    expect(created.json.data).toMatchObject({
      status: 'pending',
      model_code: 'TIME_DECAY',
      config: {
        time_window_hours: 72,
        include_channels: ['call', 'email', 'chat'],
        event_types: ['purchase', 'signup'],
        min_purchase_amount: 100,
        half_life_hours: 36,
      },
    });
    const { id } = created.json.data;
    const executed = await post(`/v1/attribution/runs/${id}/execute`, undefined);
    expect([executed.status, executed.json.data.status]).toEqual([200, 'running']);
    const [command] = await database.owner`select id, process, input from process_commands where entity_id = ${id}`;
    expect(command).toMatchObject({ process: 'attribution', input: { runId: id, generation: 1 } });
    expect(dispatched).toContain(command!.id);
    const cancelled = await post(`/v1/attribution/runs/${id}/cancel`, undefined);
    expect(cancelled.json.data).toMatchObject({ status: 'failed', failure: { code: 'CANCELLED' } });
    expect((await post(`/v1/attribution/runs/${id}/cancel`, undefined)).status).toBe(409);
    expect((await get(`/v1/attribution/runs/${id}`)).json.data.failure.code).toBe('CANCELLED');
  });

  it('name channels in any case, also where a run gives them windows of their own', async () => {
    const config = { include_channels: ['Email'], channel_windows: { Email: 10 } };
    const { json } = await post('/v1/attribution/runs', { ...JSON.parse(PRINTED_RUN), config });
    expect(json.data.config).toMatchObject({ include_channels: ['email'], channel_windows: { email: 10 } });
  });

  it('appear in the journey in time order', async () => {
    const { customer_id: customerId } = (
      await post('/v1/interactions', { ...JSON.parse(PRINTED_INTERACTION), external_interaction_id: 'call-2' })
    ).json.data;
    const { status, json } = await get(`/v1/customers/${customerId}/journey`);
    expect(status).toBe(200);
    expect(json.data.timeline.map((entry: { type: string }) => entry.type)).toEqual([
      'interaction',
      'interaction',
      'conversion',
    ]);
    expect(json.data).toMatchObject({
      customer: { id: customerId, interactions: 2, conversions: 1, revenue: [{ currency: 'USD', amount: 5000 }] },
      run_id: null,
      attribution_results: [],
    });
  });
});

const interaction = (extra: object) => ({
  external_interaction_id: `bad-${Math.random()}`,
  channel: 'call',
  started_at: '2026-06-01T10:00:00Z',
  customer_identifiers: [{ type: 'email', value: 'bad@example.com' }],
  ...extra,
});
const conversion = (extra: object) => ({
  external_event_id: `bad-${Math.random()}`,
  event_type: 'purchase',
  customer_identifiers: [{ type: 'email', value: 'bad@example.com' }],
  amount_decimal: 1,
  currency: 'USD',
  occurred_at: '2026-06-01T10:00:00Z',
  event_source: 'billing',
  ...extra,
});
const text = (value: object, from: string, to: string) => JSON.stringify(value).replace(from, to);
const run = (config: object) => ({ model_code: 'LINEAR', name: 'x', config });

const BAD: [string, string, string, string | undefined][] = [
  ['malformed JSON', '/v1/interactions', '{"channel":', undefined],
  ['a list', '/v1/interactions', '[]', undefined],
  ['a missing field', '/v1/interactions', JSON.stringify(interaction({ channel: undefined })), 'channel'],
  ['a wrong type', '/v1/interactions', JSON.stringify(interaction({ channel: 7 })), 'channel'],
  ['an unknown key', '/v1/interactions', JSON.stringify(interaction({ chanel: 'x' })), 'chanel'],
  ['__proto__', '/v1/interactions', text(interaction({ q: 1 }), '"q"', '"__proto__"'), undefined],
  [
    'no identifier',
    '/v1/interactions',
    JSON.stringify(interaction({ customer_identifiers: [] })),
    'customer_identifiers',
  ],
  ['a NUL byte', '/v1/interactions', text(interaction({ channel: 'Q' }), '"Q"', '"a\\u0000b"'), 'channel'],
  ['a lone surrogate', '/v1/interactions', text(interaction({ channel: 'Q' }), '"Q"', '"\\ud800"'), 'channel'],
  [
    'a probability above 1',
    '/v1/interactions',
    JSON.stringify(interaction({ purchase_probability: 1.5 })),
    'purchase_probability',
  ],
  ['1e999', '/v1/interactions', text(interaction({ purchase_probability: 7 }), ':7', ':1e999'), 'purchase_probability'],
  [
    'an end before the start',
    '/v1/interactions',
    JSON.stringify(interaction({ ended_at: '2026-06-01T09:00:00Z' })),
    'ended_at',
  ],
  [
    'a start two days ahead',
    '/v1/interactions',
    JSON.stringify(interaction({ started_at: '2026-07-02T12:00:01Z' })),
    'started_at',
  ],
  [
    'a day that does not exist',
    '/v1/interactions',
    JSON.stringify(interaction({ started_at: '2026-02-30T10:00:00Z' })),
    'started_at',
  ],
  [
    'an offset that leads out of the calendar',
    '/v1/interactions',
    JSON.stringify(interaction({ started_at: '0001-01-01T00:00:00+14:00' })),
    'started_at',
  ],
  ['the year 0', '/v1/attribution/runs', JSON.stringify(run({ start_date: '0000-01-01' })), 'config.start_date'],
  [
    'a javascript: transcript',
    '/v1/interactions',
    JSON.stringify(interaction({ transcript_url: 'javascript:alert(1)' })),
    'transcript_url',
  ],
  ['an unknown currency', '/v1/conversions', JSON.stringify(conversion({ currency: 'XXQ' })), 'currency'],
  ['a third decimal place', '/v1/conversions', JSON.stringify(conversion({ amount_decimal: 1.005 })), 'amount_decimal'],
  [
    'a digit that a float would lose',
    '/v1/conversions',
    text(conversion({ amount_decimal: 7 }), ':7', ':5000.00000000000000001'),
    'amount_decimal',
  ],
  ['a negative amount', '/v1/conversions', JSON.stringify(conversion({ amount_decimal: -1 })), 'amount_decimal'],
  ['an amount of 1e999', '/v1/conversions', text(conversion({ amount_decimal: 7 }), ':7', ':1e999'), 'amount_decimal'],
  [
    'a negative window',
    '/v1/attribution/runs',
    JSON.stringify(run({ time_window_hours: -1 })),
    'config.time_window_hours',
  ],
  ['an unknown model', '/v1/attribution/runs', JSON.stringify({ ...run({}), model_code: 'MAGIC' }), 'model_code'],
  ['an unknown option', '/v1/attribution/runs', JSON.stringify(run({ window: 1 })), 'config.window'],
  [
    'a period that ends before it starts',
    '/v1/attribution/runs',
    JSON.stringify(run({ start_date: '2026-02-01', end_date: '2026-01-01' })),
    'config.end_date',
  ],
];

describe('bad input', () => {
  it.each(BAD)('%s is a 400 with code and field, and stores nothing', async (_, path, body, field) => {
    const rows = async () =>
      (
        await database.owner`
          select (select count(*) from interactions) + (select count(*) from conversions) + (select count(*) from customers)
               + (select count(*) from attribution_runs) + (select count(*) from domain_events) as n`
      )[0]!.n;
    const before = await rows();
    const { status, json } = await postText(path, body);
    expect([status, json.code]).toEqual([400, expect.stringMatching(/^[A-Z_]+$/)]);
    if (field) expect(json.details.field).toBe(field);
    expect(await rows()).toBe(before);
  });

  it('that is too large is refused while it streams in', async () => {
    const { status, json } = await post(
      '/v1/interactions',
      interaction({ metadata: { filler: 'x'.repeat(1_100_000) } }),
    );
    expect([status, json.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('with another content type is a 415', async () => {
    const { status } = await call(app, organization, 'POST', '/v1/interactions', {
      text: PRINTED_INTERACTION,
      headers: { 'content-type': 'text/csv' },
    });
    expect(status).toBe(415);
  });
});

describe('another organization', () => {
  it('cannot see, execute or cancel a run, nor read a journey: 404 without a trace', async () => {
    const stranger = await createOrganization(database);
    const { id } = (await post('/v1/attribution/runs', run({}))).json.data;
    const { customer_id: customerId } = (await post('/v1/interactions', interaction({ channel: 'canary-channel' })))
      .json.data;
    for (const [method, path] of [
      ['GET', `/v1/attribution/runs/${id}`],
      ['GET', `/v1/attribution/runs/${id}/results`],
      ['GET', `/v1/attribution/runs/${id}/unattributed`],
      ['POST', `/v1/attribution/runs/${id}/execute`],
      ['POST', `/v1/attribution/runs/${id}/cancel`],
      ['GET', `/v1/customers/${customerId}/journey`],
    ] as const) {
      const answer = await call(app, stranger, method, path);
      expect([path, answer.status, answer.json.code]).toEqual([path, 404, 'NOT_FOUND']);
      expect(answer.text).not.toContain('canary');
    }
    expect((await get('/v1/attribution/runs', stranger)).json).toMatchObject({ data: [], pagination: { total: 0 } });
  });

  it('may use our external ids and gets customers of its own', async () => {
    const stranger = await createOrganization(database);
    expect((await post('/v1/interactions', JSON.parse(PRINTED_INTERACTION), stranger)).status).toBe(201);
  });
});
