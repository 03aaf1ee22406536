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
const stranger = async () => createOrganization(database);

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => new Date('2026-06-30T12:00:00Z') });
  organization = await createOrganization(database);
  const identified = { customer_identifiers: [{ type: 'email', value: 'p@example.com' }] };
  const interactions = [
    {
      external_interaction_id: 'a',
      channel: 'call',
      started_at: '2026-06-29T10:00:00Z',
      vendor_code: 'convin',
      cost: 2,
    },
    { external_interaction_id: 'b', channel: 'email', started_at: '2026-06-01T10:00:00Z', campaign: 'June' },
    { external_interaction_id: 'c', channel: 'chat', started_at: '2026-01-01T10:00:00Z', cost: 0.5 },
  ].map((fact) => ({
    ...fact,
    ...identified,
    ...('cost' in fact ? { cost_currency: 'USD' } : {}),
    ...(fact.channel === 'call' ? { participants: [{ type: 'agent', external_id: 'ada' }] } : {}),
  }));
  const conversions = [
    ['usd', 'USD', '100.50'],
    ['jpy', 'JPY', '100'],
    ['kwd', 'KWD', '100.505'],
  ].map(([external_event_id, currency, amount_decimal]) => ({
    external_event_id,
    currency,
    amount_decimal,
    event_type: 'purchase',
    event_source: 'billing',
    occurred_at: '2026-06-02T10:00:00Z',
    ...identified,
  }));
  for (const [path, body] of [['interactions', interactions] as const, ['conversions', conversions] as const]) {
    expect((await call(app, organization, 'POST', `/v1/${path}`, { body })).status).toBe(200);
  }
});
afterAll(() => database?.drop());

const list = async (path: string, query: Record<string, string>, as = organization) =>
  call(app, as, 'GET', `/v1/${path}?${new URLSearchParams(query)}`);
const idsOf = async (path: string, query: Record<string, string>, as = organization) => {
  const { status, json } = await list(path, query, as);
  expect(status, JSON.stringify(json)).toBe(200);
  return json.data.map((fact: Record<string, string>) => fact.external_interaction_id ?? fact.external_event_id);
};

describe('lists of facts', () => {
  it.each([
    ['within_last(started_at,30d)', ['a', 'b']],
    ['has(participants,and(eq(type,agent),eq(external_id,ada)))', ['a']],
    ['has_none(participants)', ['b', 'c']],
    ['or(eq(vendor_code,convin),eq(campaign,June))', ['a', 'b']],
    ['lt(cost,1)', ['c']],
    ['and(ne(channel,email),not(is_null(cost)))', ['a', 'c']],
    ['{"field":"channel","op":"starts_with","value":"C"}', ['a', 'c']],
  ])('of interactions keep what fulfils %s', async (filter, expected) => {
    expect(await idsOf('interactions', { filter })).toEqual(expected);
  });

  it('compare amounts in their own currency, whatever its decimal places', async () => {
    expect((await idsOf('conversions', { filter: 'gte(amount_decimal,100.50)' })).sort()).toEqual(['kwd', 'usd']);
    expect(await idsOf('conversions', { filter: 'eq(amount_decimal,100)' })).toEqual(['jpy']);
    expect(await idsOf('conversions', { sort: '-amount_decimal' })).toEqual(['kwd', 'usd', 'jpy']);
  });

  it('search with q and sort by any field of the allow-list', async () => {
    expect(await idsOf('interactions', { q: 'CHA' })).toEqual(['c']);
    expect(await idsOf('interactions', { sort: 'channel' })).toEqual(['a', 'c', 'b']);
    expect(await idsOf('interactions', { sort: '-started_at', limit: '2', page: '2' })).toEqual(['c']);
  });

  it('refuse a filter with the path and what is allowed, in the casing of the face', async () => {
    const { status, json } = await list('interactions', { filter: 'and(eq(startedOn,2026-01-01),eq(direction,up))' });
    expect([status, json.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(json.details.issues).toEqual([
      {
        field: 'filter.and.0.field',
        message: expect.stringMatching(/allowed are id, external_interaction_id, .*started_at/),
      },
      { field: 'filter.and.1.value', message: 'must be one of inbound, outbound' },
    ]);
    expect((await list('interactions', { sort: 'transcript_url' })).json.error).toMatch(
      /^sort must be one of channel, /,
    );
  });

  it('show nothing of another organization, whatever the filter', async () => {
    const other = await stranger();
    expect(await idsOf('interactions', { filter: 'or(exists(id),is_null(id))' }, other)).toEqual([]);
  });
});
