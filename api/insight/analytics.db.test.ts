import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { arrangeFacts, publish, summarize } from '../../test/analytics/arrange.ts';
import type { TestTenant } from '../../test/database.ts';
import {
  addKey,
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';

const NOW = new Date('2026-04-30T12:00:00Z');
const RANGE = 'start_date=2026-03-01&end_date=2026-04-25';

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
let tenant: TestTenant;
let step: { runId: string; generation: number };

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW });
  organization = await createOrganization(database);
  tenant = tenantOf(organization);
  await arrangeFacts(database, tenant, {
    seed: 11,
    people: 50,
    currencies: ['USD', 'EUR'],
    from: new Date('2026-03-01T00:00:00Z'),
    days: 50,
  });
  const owner = database.owner;
  await owner`insert into events (organization_id, type, session_id, occurred_at) values
    (${organization.organizationId}, 'video_play', 's1', '2026-03-05T10:01:00Z')`;
  await owner`insert into website_page_views (organization_id, url, path, session_id, content_id, duration_seconds, occurred_at) values
    (${organization.organizationId}, 'https://x.example/a', '/a', 's1', 'a', 4, '2026-03-05T10:00:00Z'),
    (${organization.organizationId}, 'https://x.example/b', '/b', 's2', null, 3, '2026-03-05T11:00:00Z')`;
  step = await publish(tenant);
  await summarize(tenant, step);
});
afterAll(() => database?.drop());

function tenantOf({ organizationId }: TestOrganization): TestTenant {
  const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: NOW };
  return { organizationId, scope, run: (work) => inTransaction(database.app, scope, work) };
}

const get = (path: string, as = organization, headers: Record<string, string> = {}) =>
  call(app, as, 'GET', path, { headers });
const SCREENS = [
  '/v1/analytics/agents/revenue',
  '/v1/analytics/vendors/comparison',
  '/v1/analytics/intents/revenue',
  '/v1/analytics/channels/roi',
  '/v1/analytics/content/engagement',
];
const OTHERS = ['/v1/analytics/funnel/stages', '/v1/analytics/journey/velocity', '/v1/dashboard/overview'];

describe('every analytic endpoint', () => {
  it('names its run, model and as_of, and shows something; an organization without facts gets an empty answer', async () => {
    const empty = await createOrganization(database);
    for (const path of [...SCREENS, ...OTHERS]) {
      const { status, json } = await get(`${path}?${RANGE}&compare=previous`);
      expect([path, status, json.code]).toEqual([path, 200, undefined]);
      expect(json.data.run).toMatchObject({
        id: step.runId,
        model_code: 'TIME_DECAY',
        generation: 1,
        range_inside_run: true,
      });
      expect(json.data.period).toEqual({ start_date: '2026-03-01', end_date: '2026-04-25', timezone: 'UTC' });
      const shown = json.data.rows ?? json.data.stages ?? json.data.trend ?? json.data.daily;
      expect([path, shown.length > 0]).toEqual([path, true]);
      const nothing = await get(path, empty);
      expect([path, nothing.status, nothing.json.data.run]).toEqual([path, 200, null]);
      expect(nothing.json.data.warnings[0].code).toBe('NO_PUBLISHED_RUN');
    }
  });

  it('answers the last 30 days unless asked otherwise, and says when they reach beyond the run', async () => {
    const { json } = await get('/v1/analytics/agents/revenue');
    expect(json.data.period).toEqual({ start_date: '2026-04-01', end_date: '2026-04-30', timezone: 'UTC' });
    const late = await get('/v1/analytics/agents/revenue?start_date=2026-04-01&end_date=2026-05-02');
    expect(late.json.data.run.range_inside_run).toBe(false);
    expect(late.json.data.warnings.map((one: { code: string }) => one.code)).toContain('RANGE_OUTSIDE_RUN');
  });

  it('gives the rows as a table to who accepts CSV, one line per currency where they stand apart', async () => {
    for (const path of SCREENS) {
      const { status, headers, text } = await get(`${path}?${RANGE}`, organization, { accept: 'text/csv' });
      expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
      const [header, ...lines] = text.trimEnd().split('\r\n');
      expect(header).toMatch(/^\w+,.*attributed_revenue,.*currency$/);
      expect(lines.length).toBeGreaterThan(1);
      expect(new Set(lines.map((line) => line.split(',').at(-1)))).toEqual(new Set(['', 'EUR', 'USD']));
    }
    const { text } = await get(`/v1/analytics/agents/revenue?group_by=campaign&${RANGE}`, organization, {
      accept: 'text/csv',
    });
    expect(text).toContain("\r\n'=cmd,");
    for (const path of OTHERS.slice(0, 2)) {
      const table = await get(`${path}?${RANGE}`, organization, { accept: 'text/csv' });
      expect([path, table.status, table.text.split('\r\n').length > 2]).toEqual([path, 200, true]);
    }
  });

  it('refuses what cannot be meant with the field that is wrong', async () => {
    const pending = await call(app, organization, 'POST', '/v1/attribution/runs', {
      body: { model_code: 'LINEAR', name: 'not executed', config: {} },
    });
    for (const [query, status, said] of [
      ['start_date=2026-05-02&end_date=2026-05-01', 400, 'end_date'],
      ['timezone=Mars/Olympus', 400, 'timezone'],
      ['start_date=2026-02-30', 400, 'start_date'],
      ['group_by=day,month', 400, 'group_by'],
      ['group_by=moon', 400, 'group_by.0'],
      ['sort=-cost', 400, 'sort'],
      ['currency=AAA', 400, 'currency'],
      ['start_date=1990-01-01&end_date=2026-01-01&group_by=day', 400, 'group_by'],
      ['model_code=FIRST_TOUCH&run_id=RUN', 400, 'model_code'],
      [`run_id=${crypto.randomUUID()}`, 404, 'NOT_FOUND'],
      [`run_id=${pending.json.data.id}`, 409, 'RUN_NOT_PUBLISHED'],
    ] as const) {
      const answer = await get(`/v1/analytics/agents/revenue?${query.replace('RUN', step.runId)}`);
      expect([query, answer.status, answer.json.details?.field ?? answer.json.code]).toEqual([query, status, said]);
    }
  });

  it('shows nothing under a filter that none of its metrics knows', async () => {
    const answer = await get('/api/v1/tickets/analytics?campaign=spring&agentId=0198c0de-0000-7000-8000-000000000001');
    expect([answer.status, answer.json.data.rows]).toEqual([200, []]);
  });

  it('needs the permission of its screen', async () => {
    const { key } = await addKey(database, organization.organizationId, { scopes: ['analytics.agents.view'] });
    const as = { ...organization, key };
    expect((await get(SCREENS[0]!, as)).status).toBe(200);
    for (const path of [...SCREENS.slice(1), ...OTHERS, '/v1/analytics/metrics', '/v1/dashboard/activity']) {
      expect([path, (await get(path, as)).status]).toEqual([path, 403]);
    }
  });

  it('shows nothing of another organization', async () => {
    const other = await createOrganization(database);
    const answer = await get(`/v1/analytics/agents/revenue?${RANGE}&run_id=${step.runId}`, other);
    expect(answer.status).toBe(404);
  });
});

describe('amounts of several currencies', () => {
  it('are never added without a rate, stand apart, and are converted once there is one', async () => {
    const path = `/v1/analytics/channels/roi?${RANGE}`;
    const before = (await get(path)).json.data;
    expect(before.money).toMatchObject({ mode: 'grouped', currencies: ['EUR', 'USD'] });
    expect([before.totals.attributed_revenue, before.totals.roi]).toEqual([null, null]);
    expect(before.totals.by_currency.map((one: { currency: string }) => one.currency)).toEqual(['EUR', 'USD']);
    expect(before.warnings[0].code).toBe('CURRENCIES_NOT_ADDED');
    const [eur, usd] = before.totals.by_currency;
    const put = await call(app, organization, 'PUT', '/v1/exchange-rates', {
      text: '{"rates":[{"from_currency":"eur","to_currency":"usd","effective_on":"2026-01-01","rate":1.25}]}',
    });
    expect([put.status, put.json.data.created, put.json.data.rates[0].rate]).toEqual([200, 1, '1.25']);
    const after = (await get(path)).json.data;
    expect(after.money).toMatchObject({
      mode: 'converted',
      currency: 'USD',
      rates: [{ from: 'EUR', to: 'USD', rate: 1.25, effective_on: '2026-01-01', inverse: false }],
    });
    expect(after.totals.attributed_revenue).toBeCloseTo(usd.attributed_revenue + 1.25 * eur.attributed_revenue, 2);
    const inEuro = (await get(`${path}&currency=EUR`)).json.data;
    expect(inEuro.money).toMatchObject({ mode: 'converted', currency: 'EUR', rates: [{ rate: 0.8, inverse: true }] });
    expect(inEuro.totals.attributed_revenue).toBeCloseTo(eur.attributed_revenue + usd.attributed_revenue / 1.25, 2);
    const home = (await get(`/v1/dashboard/overview?${RANGE}`)).json.data;
    expect([home.currency, typeof home.total_revenue, home.revenue_by_currency.length]).toEqual(['USD', 'number', 2]);
    const days = home.daily.reduce((sum: number, day: { revenue: number }) => sum + day.revenue, 0);
    expect(days).toBeCloseTo(home.total_revenue, 0);
  });
});

describe('exchange rates', () => {
  const pair = { from_currency: 'GBP', to_currency: 'USD', effective_on: '2026-02-01' };

  it('are stored once per pair and day, replaced by PUT, listed and deleted', async () => {
    const post = (rate: unknown) => call(app, organization, 'POST', '/v1/exchange-rates', { body: { ...pair, rate } });
    const stored = await post('1.3');
    expect([stored.status, stored.json.data.rate]).toEqual([201, '1.3']);
    const again = await post('1.4');
    expect([again.status, again.json.code, again.json.details.existing_id]).toEqual([
      409,
      'DUPLICATE_EXCHANGE_RATE',
      stored.json.data.id,
    ]);
    const put = await call(app, organization, 'PUT', '/v1/exchange-rates', {
      body: { rates: [{ ...pair, rate: '1.123456789012345' }] },
    });
    expect([put.json.data.created, put.json.data.updated]).toEqual([0, 1]);
    const list = await get('/v1/exchange-rates?from_currency=GBP');
    expect([list.json.pagination.total, list.json.data[0].rate]).toEqual([1, '1.123456789012345']);
    for (const wrong of ['0', '-1', 'x', '1e5']) expect([wrong, (await post(wrong)).status]).toEqual([wrong, 400]);
    const gone = await call(app, organization, 'DELETE', `/v1/exchange-rates/${stored.json.data.id}`, {
      headers: { 'if-match': '"1"' },
    });
    expect(gone.status).toBe(412);
    expect((await call(app, organization, 'DELETE', `/v1/exchange-rates/${stored.json.data.id}`)).status).toBe(200);
  });
});

describe('a custom report', () => {
  const ask = (body: object) => call(app, organization, 'POST', '/v1/analytics/reports/custom', { body });
  const body = {
    name: 'Mine',
    metrics: ['attributed_revenue', 'total_interactions'],
    dimensions: ['agent', 'channel'],
    start_date: '2026-03-01',
    end_date: '2026-04-25',
    filters: { channel: ['call', 'email'] },
  };

  it('answers any metrics by any dimensions they share, as JSON or as a table', async () => {
    const { status, json } = await ask(body);
    expect([status, json.data.name, json.data.group_by]).toEqual([200, 'Mine', ['agent', 'channel']]);
    expect(new Set(json.data.rows.map((row: { channel: string }) => row.channel))).toEqual(new Set(['call', 'email']));
    expect(Object.keys(json.data.rows[0].values)).toEqual(body.metrics);
    const table = await ask({ ...body, format: 'csv' });
    expect([table.status, table.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(table.text.split('\r\n')[0]).toBe(
      'agent_id,agent_external_id,agent_name,channel,attributed_revenue,total_interactions,currency',
    );
  });

  it('refuses unknown metrics, metrics that cannot be cut so, and PDF', async () => {
    for (const [change, field] of [
      [{ metrics: ['nothing'] }, 'metrics.0'],
      [{ metrics: ['spend'] }, 'metrics'],
      [{ format: 'pdf' }, 'format'],
      [{ sort: '-cost' }, 'sort'],
      [{ dimensions: ['agent', 'team', 'channel'] }, 'dimensions'],
    ] as const) {
      const answer = await ask({ ...body, ...change });
      expect([answer.status, answer.json.details.field]).toEqual([400, field]);
    }
  });
});

describe('the registry', () => {
  it('tells of every metric its unit, direction, whether it adds up, and what it can be cut by', async () => {
    const { json } = await get('/v1/analytics/metrics');
    const byCode = new Map(json.data.map((metric: { code: string }) => [metric.code, metric]));
    expect(byCode.get('attributed_revenue')).toMatchObject({ unit: 'money', direction: 'higher', additive: true });
    expect(byCode.get('cpa')).toMatchObject({ direction: 'lower', dimensions: ['vendor', 'channel', 'campaign'] });
    expect(byCode.get('conversion_rate')).toMatchObject({ additive: false, additive_over: [] });
    expect(byCode.get('total_interactions')).toMatchObject({
      additive_over: [
        ...['vendor', 'channel', 'campaign', 'content', 'source', 'intent', 'cadence', 'step', 'template', 'variant'],
        ...['sender', 'bulk_job', 'bdr_agent', 'prompt_version'],
      ],
    });
  });
});

describe('the activity feed', () => {
  it('shows the latest actions first, by name', async () => {
    const { json } = await get('/v1/dashboard/activity?limit=200');
    expect(json.pagination.total).toBeGreaterThan(3);
    const run = json.data.find((entry: { action: string }) => entry.action === 'attribution_run.execute');
    expect(run).toMatchObject({ entity_id: step.runId, entity_name: 'test', title: 'Attribution run: execute — test' });
    const times = json.data.map((entry: { at: string }) => entry.at);
    expect([...times].sort().reverse()).toEqual(times);
  });
});
