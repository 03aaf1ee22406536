import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { executeToEnd } from '../../test/attribution/execute.ts';
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
let organization: TestOrganization;
let runId: string;

const NOW = new Date('2026-06-30T12:00:00Z');
const send = (method: string, path: string, body?: unknown, as = organization) =>
  call(app, as, method, path, body === undefined ? {} : { body });
const tenantOf = ({ organizationId }: TestOrganization) => {
  const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: NOW };
  return { organizationId, scope, run: (work: never) => inTransaction(database.app, scope, work) } as never;
};

async function ingest(as: TestOrganization, count: number, channels: readonly string[]): Promise<void> {
  const touches = [];
  const sales = [];
  for (let n = 0; n < count; n++) {
    const customer_identifiers = [{ type: 'external_id', value: `p${n}` }];
    for (const [k, channel] of channels.entries()) {
      const started_at = `2026-05-${10 + (n % 10)}T0${k}:00:00Z`;
      touches.push({ external_interaction_id: `t${n}-${k}`, channel, started_at, customer_identifiers });
    }
    sales.push({
      external_event_id: `s${n}`,
      event_type: 'purchase',
      customer_identifiers,
      amount_decimal: '10.00',
      currency: 'USD',
      occurred_at: `2026-05-${10 + (n % 10)}T10:00:00Z`,
      event_source: 'shop',
    });
  }
  expect((await send('POST', '/v1/interactions', touches, as)).status).toBe(200);
  expect((await send('POST', '/v1/conversions', sales, as)).status).toBe(200);
}

async function newRun(as: TestOrganization, config: object = {}): Promise<string> {
  const body = { model_code: 'LINEAR', name: 'May', config: { models: ['LAST_TOUCH'], ...config } };
  const { id } = (await send('POST', '/v1/attribution/runs', body, as)).json.data;
  await executeToEnd(tenantOf(as), id);
  return id;
}

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW });
  organization = await createOrganization(database);
  await ingest(organization, 95, ['google', 'meta', 'tiktok']);
  runId = await newRun(organization);
});
afterAll(() => database?.drop());

const claim = (platform: string, conversions: number, extra: object = {}) => ({
  channel: platform,
  start_date: '2026-05-01',
  end_date: '2026-05-31',
  conversions,
  revenue: conversions * 10,
  currency: 'USD',
  ...extra,
});

describe('claims of platforms', () => {
  it('of 80, 65 and 30 over 95 real conversions are told as 84.2 % too much, by channel against its credit', async () => {
    const claims = [claim('google', 80), claim('meta', 65), claim('tiktok', 30)];
    const loaded = await send('POST', '/v1/attribution/platform-claims', claims);
    expect(loaded.json.data.map((row: { status: string }) => row.status)).toEqual(['created', 'created', 'created']);
    const { status, json } = await send('GET', '/v1/attribution/platform-claims');
    expect([status, json.data.run.id, json.data.inside_run]).toEqual([200, runId, true]);
    expect(json.data.totals).toMatchObject({ claimed_conversions: 175, real_conversions: 95 });
    expect(json.data.totals.over_claim).toBeCloseTo(0.842, 3);
    expect(json.data.totals.factor).toBeCloseTo(1.842, 3);
    expect(json.data.totals.revenue).toEqual([
      {
        currency: 'USD',
        claimed: 1750,
        real: 950,
        factor: expect.closeTo(1.842, 3),
        over_claim: expect.closeTo(0.842, 3),
      },
    ]);
    const [google] = json.data.channels;
    expect(google).toMatchObject({ channel: 'google', claimed_conversions: 80, touched_conversions: 95 });
    expect(google.credited_conversions).toBeCloseTo(95 / 3, 5);
    expect(google.factor).toBeCloseTo(80 / (95 / 3), 5);
    const last = await send('GET', '/v1/attribution/platform-claims?model_code=LAST_TOUCH&channel=tiktok');
    expect(last.json.data.channels).toEqual([
      expect.objectContaining({ channel: 'tiktok', credited_conversions: 95, over_claim: expect.closeTo(-0.684, 3) }),
    ]);
  });

  it('are replaced when they are sent again, and unchanged when they say the same', async () => {
    const own = await createOrganization(database);
    const load = async (body: unknown) => {
      const { status, json } = await send('POST', '/v1/attribution/platform-claims', body, own);
      return [status, json.data?.status ?? json.code];
    };
    expect(await load(claim('google', 80))).toEqual([201, 'created']);
    expect(await load(claim('google', 80))).toEqual([200, 'unchanged']);
    expect(await load(claim('google', 81.5))).toEqual([200, 'updated']);
    expect(await load(claim('google', 5, { end_date: '2026-05-10' }))).toEqual([409, 'OVERLAPPING_CLAIM']);
    expect(await load(claim('google', 5, { platform: 'google_video', end_date: '2026-05-10' }))).toEqual([
      201,
      'created',
    ]);
    const rows = await database.owner`
      select platform, conversions::float as conversions from platform_claims
      where organization_id = ${own.organizationId} order by platform`;
    expect([...rows]).toEqual([
      { platform: 'google', conversions: 81.5 },
      { platform: 'google_video', conversions: 5 },
    ]);
  });

  it('never add currencies, and leave out what the range would cut', async () => {
    const own = await createOrganization(database);
    await ingest(own, 4, ['google']);
    await newRun(own);
    await send(
      'POST',
      '/v1/attribution/platform-claims',
      [
        claim('google', 3),
        claim('google', 2, { platform: 'eu', currency: 'EUR', revenue: 7 }),
        claim('google', 9, {
          start_date: '2026-06-01',
          end_date: '2026-06-30',
          revenue: undefined,
          currency: undefined,
        }),
      ],
      own,
    );
    const { json } = await send(
      'GET',
      '/v1/attribution/platform-claims?start_date=2026-05-01&end_date=2026-06-10',
      undefined,
      own,
    );
    expect(json.data.claims_cut_by_range).toBe(1);
    expect(json.data.channels).toEqual([
      expect.objectContaining({
        platforms: ['eu', 'google'],
        claimed_conversions: 5,
        credited_conversions: 4,
        revenue: [
          expect.objectContaining({ currency: 'EUR', claimed: 7, real: 0, factor: null }),
          expect.objectContaining({ currency: 'USD', claimed: 30, real: 40, factor: 0.75 }),
        ],
      }),
    ]);
  });

  it.each([
    [{ end_date: '2026-04-01' }, 'end_date'],
    [{ conversions: -1 }, 'conversions'],
    [{ currency: undefined }, 'currency'],
    [{ currency: 'XXQ' }, 'currency'],
    [{ revenue: '1.005' }, 'revenue'],
    [{ channel: ' ' }, 'channel'],
    [{ clicks: 3 }, 'clicks'],
  ])('with %j are refused, naming the field', async (extra, field) => {
    const { status, json } = await send('POST', '/v1/attribution/platform-claims', claim('google', 1, extra));
    expect([status, json.details.field]).toEqual([400, field]);
  });

  it('cannot be held against a run without results', async () => {
    const own = await createOrganization(database);
    const { status, json } = await send('GET', '/v1/attribution/platform-claims', undefined, own);
    expect([status, json.code]).toEqual([409, 'RUN_NOT_COMPLETED']);
  });
});

describe('the comparison of runs and models', () => {
  it('shows models side by side, by default those of the newest run', async () => {
    const { status, json } = await send('GET', '/v1/attribution/compare');
    expect(status).toBe(200);
    expect(json.data.columns.map((column: { model_code: string }) => column.model_code)).toEqual([
      'LINEAR',
      'LAST_TOUCH',
    ]);
    const tiktok = json.data.rows.find((row: { key: string }) => row.key === 'tiktok');
    expect(tiktok.values).toEqual([
      { run_id: runId, model_code: 'LAST_TOUCH', credits: 95, revenue: 950 },
      { run_id: runId, model_code: 'LINEAR', credits: expect.closeTo(95 / 3, 5), revenue: 95 * 3.34 },
    ]);
    for (const total of json.data.totals[0].values) expect([total.credits, total.revenue]).toEqual([95, 950]);
    expect(json.data.difference).toBeNull();
  });

  it('subtracts two runs, tells what to do for the parts, and tells the parts when they are there', async () => {
    const other = await newRun(organization, { time_window_hours: 9 });
    const path = `/v1/attribution/compare?run_ids=${runId},${other}&model_codes=LINEAR&dimension=channel`;
    const before = (await send('GET', path)).json.data.difference;
    expect([before.explanation, before.rows.map((row: { parts: null }) => row.parts)]).toEqual([
      null,
      [null, null, null],
    ]);
    const asked = await send('POST', '/v1/attribution/comparisons', { base_run_id: runId, run_id: other });
    expect([asked.status, asked.json.data.status]).toEqual([201, 'completed']);
    const { json } = await send('GET', path);
    const google = json.data.difference.rows.find((row: { key: string }) => row.key === 'google');
    expect(google.difference).toBeCloseTo(-950 / 3, 0);
    expect(google.parts).toEqual({
      configuration: google.difference,
      identity: 0,
      corrections: 0,
      late_data: 0,
      refunds: 0,
    });
    expect(json.data.difference.totals[0]).toMatchObject({ from: 950, to: 950, difference: 0 });
    const read = await send('GET', asked.headers.get('location')!);
    expect([read.status, read.json.data.id]).toEqual([200, asked.json.data.id]);
  });

  it('refuses runs that have no results, are unknown, or of another organization', async () => {
    const { id } = (await send('POST', '/v1/attribution/runs', { model_code: 'LINEAR', name: 'x' })).json.data;
    const compare = async (ids: string, as = organization) => {
      const { status, json } = await send('GET', `/v1/attribution/compare?run_ids=${ids}`, undefined, as);
      return [status, json.code];
    };
    expect(await compare(id)).toEqual([409, 'RUN_NOT_COMPLETED']);
    expect(await compare(crypto.randomUUID())).toEqual([404, 'NOT_FOUND']);
    expect(await compare('x')).toEqual([400, 'VALIDATION_ERROR']);
    const stranger = await createOrganization(database);
    expect(await compare(runId, stranger)).toEqual([404, 'NOT_FOUND']);
    const ask = (body: object, as = organization) => send('POST', '/v1/attribution/comparisons', body, as);
    expect((await ask({ base_run_id: runId, run_id: runId })).status).toBe(400);
    expect((await ask({ base_run_id: runId, run_id: id })).json.code).toBe('RUN_NOT_COMPLETED');
    expect((await ask({ base_run_id: runId, run_id: id }, stranger)).status).toBe(404);
  });
});
