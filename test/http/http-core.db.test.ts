import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addKey,
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from './harness.ts';

let database: TestDatabase;
let app: Hono;
let ours: TestOrganization;
let theirs: TestOrganization;
const committed: string[] = [];
const logs: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, logs, afterCommit: (ids) => committed.push(...ids) });
  ours = await createOrganization(database);
  theirs = await createOrganization(database);
});
afterAll(() => database.drop());

const vendorCount = async (code: string) => {
  const [row] = await database.owner<{ n: number }[]>`select count(*)::int as n from vendors where code = ${code}`;
  return row!.n;
};

describe('credentials', () => {
  it('are asked for in the envelope of each face', async () => {
    const a = await call(app, null, 'GET', '/v1/testing/vendors');
    expect(a.status).toBe(401);
    expect(a.json).toMatchObject({ code: 'UNAUTHORIZED', request_id: a.headers.get('x-request-id') });
    const b = await call(app, null, 'GET', '/api/v1/testing/vendors');
    expect(b.status).toBe(401);
    expect(b.json).toMatchObject({ success: false, error: { code: 'UNAUTHORIZED' } });
  });

  it('work as X-API-Key and as bearer token', async () => {
    const bearer = { 'x-api-key': undefined, authorization: `Bearer ${ours.key}` };
    expect((await call(app, ours, 'GET', '/v1/testing/vendors')).status).toBe(200);
    expect((await call(app, ours, 'GET', '/v1/testing/vendors', { headers: bearer })).status).toBe(200);
  });

  it('that are malformed, unknown or of another scheme are refused alike', async () => {
    const last = ours.key.at(-1) === 'a' ? 'b' : 'a';
    for (const key of ['nonsense', `${ours.key}x`, ours.key.slice(0, -1) + last, '']) {
      const answer = await call(app, ours, 'GET', '/v1/testing/vendors', { headers: { 'x-api-key': key } });
      expect([answer.status, answer.json.code]).toEqual([401, 'UNAUTHORIZED']);
    }
    const basic = { 'x-api-key': undefined, authorization: 'Basic YTpi' };
    expect((await call(app, ours, 'GET', '/v1/testing/vendors', { headers: basic })).status).toBe(401);
  });

  it('stop working within a second of being revoked', async () => {
    const { key, keyId } = await addKey(database, ours.organizationId);
    const as = { ...ours, key, keyId };
    expect((await call(app, as, 'GET', '/v1/testing/vendors')).status).toBe(200);
    await database.owner`update api_keys set status = 'revoked' where id = ${keyId}`;
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await call(app, as, 'GET', '/v1/testing/vendors')).status).toBe(401);
  });

  it('end at their expiry, even when they are fresh in memory', async () => {
    let now = new Date('2026-06-01T00:00:00Z');
    const timed = createTestApp({ db: database.app, now: () => now });
    const expiring = await createOrganization(database, { expiresAt: new Date('2026-06-01T00:00:01Z') });
    expect((await call(timed, expiring, 'GET', '/v1/testing/vendors')).status).toBe(200);
    now = new Date('2026-06-01T00:00:01Z');
    expect((await call(timed, expiring, 'GET', '/v1/testing/vendors')).status).toBe(401);
  });

  it('without the permission are refused before the body is looked at', async () => {
    const viewer = await createOrganization(database, { scopes: ['data.view'] });
    const answer = await call(app, viewer, 'POST', '/v1/testing/vendors', { text: '{"broken' });
    expect(answer.status).toBe(403);
    expect(answer.json).toMatchObject({ code: 'FORBIDDEN', details: { permission: 'data.ingest' } });
  });
});

describe('X-Tenant-ID', () => {
  it('is required on /v1 and optional on /api/v1', async () => {
    const headers = { 'x-tenant-id': undefined };
    const a = await call(app, ours, 'GET', '/v1/testing/vendors', { headers });
    expect([a.status, a.json.code]).toEqual([400, 'TENANT_REQUIRED']);
    expect((await call(app, ours, 'GET', '/api/v1/testing/vendors', { headers })).status).toBe(200);
  });

  it('that names another organization is refused on both faces', async () => {
    for (const prefix of ['/v1', '/api/v1']) {
      for (const tenant of [theirs.organizationId, 'not-a-uuid']) {
        const answer = await call(app, ours, 'GET', `${prefix}/testing/vendors`, {
          headers: { 'x-tenant-id': tenant },
        });
        expect(answer.status).toBe(403);
        expect(answer.text).toContain('TENANT_MISMATCH');
      }
    }
  });

  it('is compared without regard to case', async () => {
    const headers = { 'x-tenant-id': ours.organizationId.toUpperCase() };
    expect((await call(app, ours, 'GET', '/v1/testing/vendors', { headers })).status).toBe(200);
  });
});

describe('a write', () => {
  it('answers 201 with place and version, readable by its own organization alone', async () => {
    const made = await call(app, ours, 'POST', '/v1/testing/vendors', {
      body: { vendor_code: 'one', display_name: 'One' },
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('etag')).toBe('"1"');
    expect(made.json).toMatchObject({ data: { vendor_code: 'one', display_name: 'One' }, message: 'Vendor created' });
    const place = made.headers.get('location')!;
    expect(place).toBe(`/v1/testing/vendors/${made.json.data.id}`);
    const read = await call(app, ours, 'GET', place);
    expect(read.json.data).toEqual(made.json.data);
    expect(read.headers.get('etag')).toBe('"1"');
    expect((await call(app, theirs, 'GET', place)).status).toBe(404);
    const camel = await call(app, ours, 'GET', `/api${place}`);
    expect(camel.json).toEqual({
      data: { id: made.json.data.id, vendorCode: 'one', displayName: 'One', createdAt: made.json.data.created_at },
    });
  });

  it('that fails leaves nothing, and says nothing of what broke inside', async () => {
    logs.length = 0;
    const bug = await call(app, ours, 'POST', '/v1/testing/fail/bug');
    expect(bug.status).toBe(500);
    expect(bug.json).toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(bug.text).not.toContain('secret internals');
    const logged = logs.map((line) => JSON.parse(line)).find((line) => line.level === 50);
    expect(logged).toMatchObject({
      requestId: bug.json.request_id,
      err: { message: 'secret internals of the machine' },
    });
    const duplicate = await call(app, ours, 'POST', '/v1/testing/fail/duplicate');
    expect([duplicate.status, duplicate.json.code]).toEqual([409, 'CONFLICT']);
    expect(await vendorCount('twice')).toBe(0);
  });

  it('reports its process commands after the commit and only then', async () => {
    committed.length = 0;
    const body = { vendor_code: 'commands', display_name: 'x', start_process: true };
    expect((await call(app, ours, 'POST', '/v1/testing/vendors', { body })).status).toBe(201);
    expect(committed).toHaveLength(1);
    const rows = await database.owner`select id from process_commands where id = ${committed[0]!}`;
    expect(rows).toHaveLength(1);
    committed.length = 0;
    expect((await call(app, ours, 'POST', '/v1/testing/vendors', { body })).status).toBe(409);
    expect(committed).toHaveLength(0);
  });
});

describe('If-Match', () => {
  it('lets the version that was read pass and refuses a stale one', async () => {
    const made = await call(app, ours, 'POST', '/v1/testing/vendors', {
      body: { vendor_code: 'etag', display_name: 'v1' },
    });
    const path = `/v1/testing/vendors/${made.json.data.id}`;
    const put = (display_name: string, match: string | undefined) =>
      call(app, ours, 'PUT', path, { body: { display_name }, headers: { 'if-match': match } });
    const second = await put('v2', '"1"');
    expect([second.status, second.headers.get('etag')]).toEqual([200, '"2"']);
    for (const stale of ['"1"', 'W/"2"', '"nonsense"']) {
      const refused = await put('v3', stale);
      expect([refused.status, refused.json.code]).toEqual([412, 'PRECONDITION_FAILED']);
    }
    expect((await put('v3', undefined)).status).toBe(200);
    expect((await put('v4', '*')).headers.get('etag')).toBe('"4"');
  });
});

describe('a list', () => {
  it('has pages with the same facts on both faces', async () => {
    const org = await createOrganization(database);
    for (const code of ['a', 'b', 'c'])
      await call(app, org, 'POST', '/v1/testing/vendors', { body: { vendor_code: code, display_name: code } });
    const a = await call(app, org, 'GET', '/v1/testing/vendors?page=2&limit=2');
    expect(a.json.pagination).toEqual({ page: 2, limit: 2, total: 3, pages: 2 });
    expect(a.json.data.map((vendor: { vendor_code: string }) => vendor.vendor_code)).toEqual(['c']);
    const b = await call(app, org, 'GET', '/api/v1/testing/vendors?name_filter=x&nameFilter=y');
    expect(b.status).toBe(400);
    const all = await call(app, org, 'GET', '/api/v1/testing/vendors?name_filter=x&name_filter=y');
    expect(all.json.pagination).toEqual({ page: 1, limit: 50, total: 3, pages: 1 });
    expect(Object.keys(all.json)).toEqual(['data', 'pagination']);
  });

  it.each([
    'page=0',
    'limit=0',
    'limit=201',
    'limit=x',
    'page=1.5',
    'unknown=1',
    'page=1&page=2',
    'page=%00',
    'page=%zz',
    'page=',
  ])('refuses ?%s', async (query) => {
    const answer = await call(app, ours, 'GET', `/v1/testing/vendors?${query}`);
    expect([answer.status, answer.json.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(answer.json.details.field).toMatch(/^(page|limit|unknown)$/);
  });
});

describe('rate limits', () => {
  it('stand in the headers of every answer and end in 429 with Retry-After', async () => {
    const slow = await createOrganization(database, { rateLimitPerHour: 2 });
    const first = await call(app, slow, 'GET', '/v1/testing/vendors');
    expect(first.headers.get('x-ratelimit-limit')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
    expect((await call(app, slow, 'GET', '/v1/testing/vendors/broken')).headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await call(app, slow, 'GET', '/v1/testing/vendors');
    expect([refused.status, refused.json.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call(app, ours, 'GET', '/v1/testing/vendors')).status).toBe(200);
  });

  it('stand on 401 and 404 answers too', async () => {
    for (const [as, path] of [
      [null, '/v1/testing/vendors'],
      [ours, '/v1/nowhere'],
      [null, '/v1/openapi.json'],
    ] as const) {
      expect((await call(app, as, 'GET', path)).headers.get('x-ratelimit-limit')).toMatch(/^\d+$/);
    }
  });
});
