import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { refreshAccountHealth } from '../../services/crm/index.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { ENDPOINTS } from '../endpoints.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
let database: TestDatabase;
let app: Hono;
let own: TestOrganization;
let accountId: string;
const send = (method: string, path: string, body?: unknown, as = own) =>
  call(app, as, method, `/api/v1${path}`, body === undefined ? {} : { body });
const create = async (path: string, body: unknown) => (await send('POST', path, body)).json.data;

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW });
  own = await createOrganization(database);
  accountId = (await create('/accounts', { name: 'Acme', domain: 'acme.com' })).id;
  const ann = await create('/prospects', { email: 'ann@acme.com', status: 'engaged' });
  await create('/prospects', { email: 'ben@acme.com' });
  await create('/call-logs', { prospectId: ann.id, disposition: 'answered', occurredAt: '2026-06-28T10:00:00Z' });
  const deal = (amount: number, currency: string, probability: number) =>
    create('/deals', { name: `${amount}`, amount, currency, probability, accountId });
  await deal(1000, 'USD', 50);
  await deal(333.33, 'USD', 10);
  const won = await deal(500, 'EUR', 50);
  await send('PUT', `/deals/${won.id}/stage`, { stage: 'closed_won', reason: 'price' });
});
afterAll(() => database?.drop());

describe('an account', () => {
  it('lists its people and deals, with the filters of their own lists', async () => {
    expect((await send('GET', `/accounts/${accountId}/contacts`)).json.pagination.total).toBe(2);
    const engaged = await send('GET', `/accounts/${accountId}/contacts?status=engaged`);
    expect(engaged.json.data).toMatchObject([{ email: 'ann@acme.com' }]);
    expect((await send('GET', `/accounts/${accountId}/deals?stage=discovery`)).json.pagination.total).toBe(2);
    const foreign = await createOrganization(database);
    for (const part of ['contacts', 'deals', 'revenue', 'health']) {
      expect((await send('GET', `/accounts/${accountId}/${part}`, undefined, foreign)).status).toBe(404);
    }
  });

  it('tells its revenue per currency, and what a completed run credits its deals with', async () => {
    const before = (await send('GET', `/accounts/${accountId}/revenue`)).json.data;
    expect(before).toMatchObject({
      run: null,
      byCurrency: [
        { currency: 'EUR', won: 500, wonDeals: 1, open: 0, weighted: 0, attributed: null },
        { currency: 'USD', won: 0, open: 1333.33, openDeals: 2, weighted: 533.33, attributed: null },
      ],
    });
  });

  it('tells its health with factors that name what they saw', async () => {
    const { json } = await send('GET', `/accounts/${accountId}/health`);
    expect(json.data).toMatchObject({ score: 84, level: 'good' });
    expect(json.data.factors).toMatchObject([
      { factor: 'activity_recency', points: 30, evidence: { daysSinceContact: 2 } },
      { factor: 'engagement', points: 9, evidence: { touchesLast30Days: 1, touches30DaysBefore: 0 } },
      { factor: 'deals', points: 25, evidence: { openDeals: 2, wonDeals: 1, lostDeals: 0 } },
      { factor: 'contacts', points: 20, evidence: { contacts: 2 } },
    ]);
    // Kept beside the account once a day, without a new version.
    const before = (await send('GET', `/accounts/${accountId}`)).json.data;
    const scope = { organizationId: own.organizationId, principal: SYSTEM_PRINCIPAL, now: NOW };
    const refresh = () => inTransaction(database.app, scope, refreshAccountHealth);
    expect([await refresh(), await refresh()]).toEqual([1, 0]);
    const after = (await send('GET', `/accounts/${accountId}`)).json.data;
    expect(after).toEqual({ ...before, healthScore: 84 });
  });
});
