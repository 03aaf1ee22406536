import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { createRequestNotes, type RequestNotes } from '../../api/http/notes.ts';
import type { Permission } from '../../domain/platform/permissions.rules.ts';
import { hashApiKey } from '../../services/platform/api-keys/index.ts';
import {
  addKey,
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';

let database: TestDatabase;
let app: Hono;
let notes: RequestNotes;
let organization: TestOrganization;
let now = new Date('2026-06-30T12:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  notes = createRequestNotes(database.app, (error) => expect.fail(String(error)));
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => now, notes });
});
afterAll(() => database?.drop());
beforeEach(async () => {
  now = new Date('2026-06-30T12:00:00Z');
  organization = await createOrganization(database);
});

const send = (method: string, path: string, body?: unknown, as: TestOrganization = organization, headers = {}) =>
  call(app, as, method, path, { ...(body === undefined ? {} : { body }), headers });
const withKey = (key: string): TestOrganization => ({ ...organization, key });
const create = async (body: object, as = organization) => {
  const { status, json } = await send('POST', '/api/v1/api-keys', { name: 'test', scopes: ['data.view'], ...body }, as);
  expect(status, JSON.stringify(json)).toBe(201);
  return json.data;
};
const works = async (key: string) => (await send('GET', '/v1/interactions', undefined, withKey(key))).status;
/** Answers are remembered for a second. */
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1_050));

async function addUser(level: string, id = crypto.randomUUID()): Promise<string> {
  await database.owner`
    insert into users (organization_id, id, email, role) values (${organization.organizationId}, ${id}, ${`${id}@example.com`}, ${level})`;
  return id;
}
const ownedBy = async (userId: string, scopes?: readonly Permission[]) => {
  const { key, keyId } = await addKey(database, organization.organizationId, scopes ? { scopes } : {});
  await database.owner`update api_keys set user_id = ${userId} where id = ${keyId}`;
  return { ...organization, key, keyId };
};

describe('an API key', () => {
  it('shows its secret once, stores a hash of it, and is listed without it', async () => {
    const created = await create({ name: 'Nightly', scopes: ['prospects:read', 'data.view'] });
    expect(created.key).toMatch(/^sk_live_[0-9A-Za-z]{49}$/);
    expect(created).toMatchObject({
      name: 'Nightly',
      status: 'active',
      requestCount: 0,
      prefix: created.key.slice(0, 12),
    });
    expect(await works(created.key)).toBe(200);
    const [row] = await database.owner<
      { key_hash: Uint8Array }[]
    >`select key_hash from api_keys where id = ${created.id}`;
    expect(Buffer.from(row!.key_hash).equals(hashApiKey(created.key))).toBe(true);
    const { text } = await send('GET', '/api/v1/api-keys');
    expect(text).toContain(created.id);
    expect(text).not.toContain(created.key.slice(12));
    const stored = await database.owner<{ text: string }[]>`
      select coalesce(string_agg(a::text, ' '), '') || coalesce((select string_agg(i::text, ' ') from idempotency_keys i), '') as text
      from audit_logs a`;
    expect(stored[0]!.text).not.toContain(created.key.slice(12));
  });

  it('holds what its scopes stand for and nothing else', async () => {
    const { key } = await create({ scopes: ['prospects:read'] });
    expect((await send('GET', '/api/v1/prospects', undefined, withKey(key))).status).toBe(200);
    const refused = await send('POST', '/api/v1/prospects', { email: 'a@example.com' }, withKey(key));
    expect([refused.status, refused.json.error.details.permission]).toEqual([403, 'prospects.edit']);
    expect((await send('GET', '/api/v1/api-keys', undefined, withKey(key))).status).toBe(403);
  });

  it.each([
    [{ scopes: ['everything'] }, 'scopes.0'],
    [{ scopes: [] }, 'scopes'],
    [{ expiresAt: '2026-06-30T11:59:59Z' }, 'expiresAt'],
    [{ rateLimit: 0 }, 'rateLimit'],
    [{ key: 'sk_live_mine' }, 'key'],
    [{ userId: '00000000-0000-7000-8000-000000000001' }, 'userId'],
  ])('is refused with %j', async (body, field) => {
    const { status, json } = await send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['data.view'], ...body });
    expect([status, json.error.details.field]).toEqual([400, field]);
  });

  it('is not replayed: an answer with a secret is stored nowhere', async () => {
    const body = { name: 'once', scopes: ['data.view'] };
    const again = () => send('POST', '/api/v1/api-keys', body, organization, { 'idempotency-key': 'one' });
    expect((await again()).status).toBe(201);
    const { status, json } = await again();
    expect([status, json.error.code]).toEqual([409, 'REPLAY_UNAVAILABLE']);
  });

  it('ends at its time, to the second', async () => {
    const { key, id } = await create({ expiresAt: '2026-07-01T12:00:00Z' });
    now = new Date('2026-07-01T11:59:59Z');
    expect(await works(key)).toBe(200);
    now = new Date('2026-07-01T12:00:00Z');
    expect(await works(key)).toBe(401);
    expect((await send('GET', `/api/v1/api-keys/${id}`)).json.data.status).toBe('expired');
    expect((await send('PUT', `/api/v1/api-keys/${id}/rotate`)).json.error.code).toBe('KEY_NOT_ACTIVE');
    expect((await send('GET', '/api/v1/api-keys?status=expired')).json.data).toHaveLength(1);
  });

  it('stands in a header, not in the address', async () => {
    const { status } = await call(app, null, 'GET', `/v1/interactions?api_key=${organization.key}`, {
      headers: { 'x-tenant-id': organization.organizationId },
    });
    expect(status).toBe(401);
  });
});

describe('the owner of a key', () => {
  it('lends it no more than they hold, now and later', async () => {
    const admin = await addUser('admin');
    const owned = await ownedBy(admin);
    expect((await send('GET', '/v1/audit-logs', undefined, owned)).status).toBe(200);
    const made = await create({ scopes: ['data.view', 'audit.view'] }, owned);
    expect(made.userId).toBe(admin);
    expect(await works(made.key)).toBe(200);
    await database.owner`update users set role = 'viewer' where id = ${admin}`;
    await aSecond();
    const refused = await send('POST', '/v1/vendors', { code: 'v', name: 'V' }, owned);
    expect([refused.status, refused.json.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('takes it along when they leave', async () => {
    const user = await addUser('admin');
    const owned = await ownedBy(user);
    expect(await works(owned.key)).toBe(200);
    await database.owner`update users set status = 'inactive' where id = ${user}`;
    await aSecond();
    expect(await works(owned.key)).toBe(401);
    await database.owner`update users set status = 'active' where id = ${user}`;
    await aSecond();
    expect(await works(owned.key)).toBe(200);
    await database.owner`update users set deleted_at = now() where id = ${user}`;
    await aSecond();
    expect(await works(owned.key)).toBe(401);
  });

  it('gives out no scope and no secret beyond their own', async () => {
    const manager = await addKey(database, organization.organizationId, { scopes: ['api_keys.manage', 'data.view'] });
    const as = withKey(manager.key);
    const { status, json } = await send(
      'POST',
      '/api/v1/api-keys',
      { name: 'x', scopes: ['data.view', 'deals:write'] },
      as,
    );
    expect([status, json.error.code, json.error.details.missing]).toEqual([
      403,
      'SCOPES_BEYOND_OWNER',
      ['deals.edit', 'deals.delete'],
    ]);
    const rotated = await send('PUT', `/api/v1/api-keys/${organization.keyId}/rotate`, undefined, as);
    expect([rotated.status, rotated.json.error.code]).toEqual([403, 'SCOPES_BEYOND_OWNER']);
    const faster = await send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['data.view'], rateLimit: 9 }, as);
    expect([faster.status, faster.json.error.details.permission]).toEqual([403, 'organization.edit']);
  });
});

describe('rotation', () => {
  it('keeps the old secret for its overlap and says until when', async () => {
    const { id, key } = await create({});
    const { json, status, headers } = await send('PUT', `/api/v1/api-keys/${id}/rotate`, { overlapSeconds: 3_600 });
    expect([status, headers.get('etag'), json.data.previousKeyExpiresAt]).toEqual([
      200,
      '"2"',
      '2026-06-30T13:00:00.000Z',
    ]);
    expect(json.data.key).not.toBe(key);
    expect([await works(key), await works(json.data.key)]).toEqual([200, 200]);
    now = new Date('2026-06-30T13:00:00Z');
    expect([await works(key), await works(json.data.key)]).toEqual([401, 200]);
  });

  it('takes 24 hours without a body, and with 0 ends every earlier secret at once', async () => {
    const { id, key } = await create({});
    const first = await send('PUT', `/api/v1/api-keys/${id}/rotate`);
    expect(first.json.data.previousKeyExpiresAt).toBe('2026-07-01T12:00:00.000Z');
    const second = await send('PUT', `/api/v1/api-keys/${id}/rotate`, { overlapSeconds: 0 });
    expect(second.json.data.previousKeyExpiresAt).toBeNull();
    expect([await works(key), await works(first.json.data.key), await works(second.json.data.key)]).toEqual([
      401, 401, 200,
    ]);
  });

  it('by several at once gives every one a secret that works; a stale copy is refused', async () => {
    const { id, key } = await create({});
    const answers = await Promise.all(Array.from({ length: 6 }, () => send('PUT', `/api/v1/api-keys/${id}/rotate`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    const keys = [key, ...answers.map(({ json }) => json.data.key)];
    expect(new Set(keys).size).toBe(7);
    expect(await Promise.all(keys.map(works))).toEqual(Array(7).fill(200));
    const stale = await send('PUT', `/api/v1/api-keys/${id}/rotate`, undefined, organization, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    for (let i = 0; i < 4; i++) expect((await send('PUT', `/api/v1/api-keys/${id}/rotate`)).status).toBe(200);
    const endless = await send('PUT', `/api/v1/api-keys/${id}/rotate`);
    expect([endless.status, endless.json.error.code]).toEqual([409, 'TOO_MANY_ROTATIONS']);
  });
});

describe('revocation', () => {
  it('ends a key with all its secrets within a second in every process, and may be repeated', async () => {
    const { id, key } = await create({});
    const { json } = await send('PUT', `/api/v1/api-keys/${id}/rotate`);
    const elsewhere = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => now });
    const there = async (secret: string) => (await call(elsewhere, withKey(secret), 'GET', '/v1/interactions')).status;
    expect([await works(key), await there(json.data.key)]).toEqual([200, 200]);
    expect((await send('DELETE', `/api/v1/api-keys/${id}`)).json.data.status).toBe('revoked');
    await aSecond();
    expect([await works(key), await works(json.data.key), await there(key), await there(json.data.key)]).toEqual(
      Array(4).fill(401),
    );
    const again = await send('DELETE', `/api/v1/api-keys/${id}`);
    expect([again.status, again.json.data.status]).toEqual([200, 'revoked']);
    expect((await send('PUT', `/api/v1/api-keys/${id}/rotate`)).json.error.code).toBe('KEY_NOT_ACTIVE');
  });

  it('concerns the own organization alone', async () => {
    const stranger = await createOrganization(database);
    const { id, key } = await create({});
    for (const [method, path] of [
      ['DELETE', ''],
      ['PUT', '/rotate'],
      ['GET', '/usage'],
      ['GET', ''],
    ] as const) {
      expect((await send(method, `/api/v1/api-keys/${id}${path}`, undefined, stranger)).status).toBe(404);
    }
    expect(await works(key)).toBe(200);
  });
});

describe('the use of a key', () => {
  it('is counted by day and endpoint, with failures and hits of its limit', async () => {
    const { id, key } = await create({ rateLimit: 4 });
    for (let i = 0; i < 3; i++) await works(key);
    await send('GET', '/api/v1/api-keys', undefined, withKey(key));
    now = new Date('2026-06-30T12:30:00Z');
    expect(await works(key)).toBe(429);
    await notes.flush();
    await notes.flush();
    const { json } = await send('GET', `/api/v1/api-keys/${id}/usage`);
    expect(json.data).toMatchObject({ requestCount: 5, requests: 5, failed: 1, rateLimitHits: 1, rateLimit: 4 });
    expect(json.data.days).toEqual([{ date: '2026-06-30', requests: 5, failed: 1, rateLimitHits: 1 }]);
    expect(json.data.endpoints).toEqual([
      { endpoint: 'GET /v1/interactions', requests: 4, failed: 0, rateLimitHits: 1 },
      { endpoint: 'GET /api/v1/api-keys', requests: 1, failed: 1, rateLimitHits: 0 },
    ]);
    const [listed] = (await send('GET', `/api/v1/api-keys?filter=eq(id,${id})`)).json.data;
    expect([listed.requestCount, listed.lastUsedAt, listed.version]).toEqual([5, '2026-06-30T12:30:00.000Z', 1]);
  });

  it('adds up over several processes', async () => {
    const { id, key } = await create({});
    const others = Array.from({ length: 3 }, () =>
      createRequestNotes(database.app, (error) => expect.fail(String(error))),
    );
    await Promise.all(
      others.map(async (own) => {
        const process = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => now, notes: own });
        for (let i = 0; i < 5; i++) await call(process, withKey(key), 'GET', '/v1/interactions');
        await own.flush();
      }),
    );
    expect((await send('GET', `/api/v1/api-keys/${id}/usage`)).json.data.requests).toBe(15);
  });

  it('that is refused is in the audit log, also for a key that is revoked', async () => {
    const { id, key } = await create({});
    await send('POST', '/v1/vendors', { code: 'v', name: 'V' }, withKey(key));
    await send('DELETE', `/api/v1/api-keys/${id}`);
    await aSecond();
    await works(key);
    await notes.flush();
    const { json } = await send('GET', '/api/v1/audit-logs?filter=eq(outcome,denied)');
    expect(json.data.map((row: { actorId: string; after: object }) => [row.actorId, row.after])).toEqual([
      [id, { code: 'UNAUTHORIZED', operationId: 'listInteractions' }],
      [id, { code: 'FORBIDDEN', operationId: 'createVendor', permission: 'vendors.edit' }],
    ]);
    expect((await send('GET', `/v1/audit-logs?action=api_key.revoke&entity_id=${id}`)).json.data).toHaveLength(1);
  });
});
