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
let organization: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => new Date('2026-06-30T12:00:00Z') });
  organization = await createOrganization(database);
});
afterAll(() => database?.drop());

const post = (path: string, body: unknown, as = organization) => call(app, as, 'POST', path, { body });
const email = (value: string) => ({ customer_identifiers: [{ type: 'email', value }] });
const event = (extra: object = {}) => ({ type: 'button_click', occurred_at: '2026-06-01T10:00:00Z', ...extra });
const view = (extra: object = {}) => ({
  url: 'https://shop.example/pricing?utm_source=mail',
  occurred_at: '2026-06-01T10:00:00Z',
  ...extra,
});
const stored = async (path: string, body: unknown, as = organization) => {
  const { status, json } = await post(path, body, as);
  expect([status, json.error]).toEqual([201, undefined]);
  return json.data;
};
const ownerOf = async (id: string) => {
  const [row] = await database.owner`
    select customer_id from events where id = ${id} union all select customer_id from website_page_views where id = ${id}`;
  return row!.customer_id;
};

describe('events and page views', () => {
  it('are stored with what they say', async () => {
    const { id } = await stored(
      '/v1/events',
      event({
        session_id: 's',
        content_id: 'paper-7',
        url: '/docs',
        properties: { keepCase: { a_b: 1 } },
        external_id: 'e1',
        ...email('a@example.com'),
      }),
    );
    const [row] = await database.owner`
      select type, session_id, content_id, url, properties, occurred_at, customer_id is not null as named from events where id = ${id}`;
    expect(row).toEqual({
      type: 'button_click',
      session_id: 's',
      content_id: 'paper-7',
      url: '/docs',
      properties: { keepCase: { a_b: 1 } },
      occurred_at: new Date('2026-06-01T10:00:00Z'),
      named: true,
    });
    const page = await stored('/v1/page-views', {
      page: 'about',
      session_id: 's9',
      duration_seconds: 7,
      title: 'About',
    });
    const [found] = await database.owner`
      select url, path, title, utm, duration_seconds, occurred_at, customer_id from website_page_views where id = ${page.id}`;
    expect(found).toEqual({
      url: '/about',
      path: '/about',
      title: 'About',
      utm: null,
      duration_seconds: 7,
      occurred_at: new Date('2026-06-30T12:00:00Z'),
      customer_id: null,
    });
    const linked = await stored('/v1/page-views', view({ session_id: 's9' }));
    const [other] = await database.owner`select path, utm from website_page_views where id = ${linked.id}`;
    expect(other).toEqual({ path: '/pricing', utm: { source: 'mail' } });
  });

  it.each(['/v1/events', '/v1/page-views'])(
    'on %s are stored once per external id, and as often as sent without one',
    async (path) => {
      const own = await createOrganization(database);
      const row = { ...(path === '/v1/events' ? event() : view()), session_id: 's' };
      const first = await stored(path, { ...row, external_id: 'x' }, own);
      const again = await post(path, { ...row, external_id: 'x' }, own);
      expect([again.status, again.json.details.existing_id]).toEqual([409, first.id]);
      expect((await stored(path, row, own)).id).not.toBe((await stored(path, row, own)).id);
      const bulk = await post(
        path,
        [
          { ...row, external_id: 'x' },
          row,
          { ...row, external_id: 'y' },
          { ...row, external_id: 'y' },
          { ...row, external_id: 7 },
          7,
        ],
        own,
      );
      expect(bulk.json.data.map(({ status }: { status: string }) => status)).toEqual([
        'duplicate',
        'created',
        'created',
        'duplicate',
        'invalid',
        'invalid',
      ]);
      const parallel = await Promise.all(
        Array.from({ length: 8 }, () => post(path, { ...row, external_id: 'z' }, own)),
      );
      expect(parallel.filter(({ status }) => status === 201)).toHaveLength(1);
    },
  );

  it.each([
    ['/v1/events', event(), 'session_id'],
    ['/v1/events', event({ session_id: 's', type: '' }), 'type'],
    ['/v1/events', event({ session_id: 's', occurred_at: '2026-07-09T00:00:00Z' }), 'occurred_at'],
    ['/v1/events', event({ session_id: 's', url: 'javascript:alert(1)' }), 'url'],
    ['/v1/events', event({ session_id: 's', properties: [] }), 'properties'],
    ['/v1/events', event({ customer_identifiers: [{ type: 'phone', value: '12' }] }), 'customer_identifiers.0.value'],
    ['/v1/events', event({ session_id: 's', kind: 'x' }), 'kind'],
    ['/v1/page-views', view(), 'session_id'],
    ['/v1/page-views', { session_id: 's' }, 'url'],
    ['/v1/page-views', view({ session_id: 's', url: '//evil.example' }), 'url'],
    ['/v1/page-views', view({ session_id: 's', duration_seconds: -1 }), 'duration_seconds'],
  ])('on %s are refused for %j: 400 that names the field', async (path, body, field) => {
    const { status, json } = await post(path, body);
    expect([status, json.code, json.details.field]).toEqual([400, 'VALIDATION_ERROR', field]);
  });
});

describe('a session', () => {
  it('is anonymous until a row names its customer; then all of it is theirs', async () => {
    const own = await createOrganization(database);
    const before = await stored('/v1/page-views', view({ session_id: 's1' }), own);
    const early = await stored('/v1/events', event({ session_id: 's1' }), own);
    const elsewhere = await stored('/v1/events', event({ session_id: 's2' }), own);
    expect([before.customer_id, early.customer_id]).toEqual([null, null]);
    const named = await stored(
      '/v1/events',
      event({ session_id: 's1', type: 'form_submission', ...email('a@example.com') }),
      own,
    );
    expect(named.customer_id).not.toBeNull();
    expect(await ownerOf(before.id)).toBe(named.customer_id);
    expect(await ownerOf(early.id)).toBe(named.customer_id);
    expect(await ownerOf(elsewhere.id)).toBeNull();
    expect((await stored('/v1/page-views', view({ session_id: 's1' }), own)).customer_id).toBe(named.customer_id);
  });

  it('of another organization with the same id stays as it is', async () => {
    const [one, other] = [await createOrganization(database), await createOrganization(database)];
    const anonymous = await stored('/v1/events', event({ session_id: 'same' }), other);
    await stored('/v1/events', event({ session_id: 'same', ...email('a@example.com') }), one);
    expect(await ownerOf(anonymous.id)).toBeNull();
  });

  it('in one array gives its rows to who is named in it, wherever the row stands', async () => {
    const own = await createOrganization(database);
    const { json } = await post(
      '/v1/events',
      [
        event({ session_id: 's' }),
        event({ session_id: 's', occurred_at: '2026-06-01T10:01:00Z', ...email('a@example.com') }),
        event({ session_id: 's', occurred_at: '2026-06-01T10:02:00Z' }),
        event({ session_id: 'other' }),
      ],
      own,
    );
    const [a, b, c, d] = json.data.map((row: { customer_id: string }) => row.customer_id);
    expect([a, c, d]).toEqual([b, b, null]);
  });

  it('with a browser alone belongs to its record until a person is named', async () => {
    const own = await createOrganization(database);
    const browser = await stored('/v1/page-views', view({ session_id: 's', visitor_id: 'v' }), own);
    expect(browser.customer_id).not.toBeNull();
    const person = await stored('/v1/events', event({ session_id: 's', ...email('a@example.com') }), own);
    expect(await ownerOf(browser.id)).toBe(person.customer_id);
    expect((await stored('/v1/page-views', view({ session_id: 's', visitor_id: 'v' }), own)).customer_id).toBe(
      person.customer_id,
    );
  });

  it('tells whose browser it is, so that its other visits are of the same person', async () => {
    const own = await createOrganization(database);
    const earlier = await stored('/v1/page-views', view({ session_id: 's1', visitor_id: 'v' }), own);
    await stored('/v1/page-views', view({ session_id: 's2', visitor_id: 'v' }), own);
    const person = await stored('/v1/events', event({ session_id: 's2', ...email('a@example.com') }), own);
    const canonicals = await database.owner`
      select distinct coalesce(l.canonical_id, c.id) as id
      from customers c left join identity_links l on l.customer_id = c.id and l.ended_xid is null
      where c.id in (${earlier.customer_id}, ${person.customer_id})`;
    expect(canonicals).toHaveLength(1);
  });

  it('does not lose a row that arrives while its customer is being named', async () => {
    const own = await createOrganization(database);
    for (let round = 0; round < 10; round++) {
      const session_id = `race-${round}`;
      const [person, ...rows] = await Promise.all([
        stored('/v1/events', event({ session_id, ...email('a@example.com') }), own),
        stored('/v1/page-views', view({ session_id }), own),
        stored('/v1/page-views', view({ session_id }), own),
      ]);
      for (const row of rows) expect(await ownerOf(row.id)).toBe(person.customer_id);
    }
  });
});
