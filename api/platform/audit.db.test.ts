import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { createRequestNotes } from '../../api/http/notes.ts';
import { systemClock } from '../../services/core/clock.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { sealAuditLogs } from '../../services/platform/audit/index.ts';
import { createAccounts, PASSWORD } from '../../test/http/accounts.ts';
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
let organization: TestOrganization;
let vendorId: string;
let userId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS });
  organization = await createOrganization(database);
  const [user] = await database.owner<{ id: string }[]>`
    insert into users (organization_id, email, role) values (${organization.organizationId}, 'ada@example.com', 'admin') returning id`;
  userId = user!.id;
  const owned = await addKey(database, organization.organizationId);
  await database.owner`update api_keys set user_id = ${userId}, name = '=cmd()' where id = ${owned.keyId}`;
  const as = { ...organization, ...owned };
  const created = await call(app, as, 'POST', '/v1/vendors', {
    body: { code: 'convin', name: 'Convin' },
    headers: { 'x-request-id': 'the-request' },
  });
  vendorId = created.json.data.id;
  await call(app, as, 'PUT', `/v1/vendors/${vendorId}`, { body: { name: 'Convin Inc' } });
  await sealAuditLogs({ appDb: database.app, platformDb: database.platform, clock: systemClock, faultPoint: noFaults });
});
afterAll(() => database?.drop());

const get = (path: string, as = organization) => call(app, as, 'GET', path);

describe('the audit log', () => {
  it('says on both faces who did what for whom, with the states before and after and the request', async () => {
    const a = await get(`/v1/audit-logs?entity_id=${vendorId}&sort=created_at`);
    expect(a.json.data).toMatchObject([
      {
        action: 'vendor.create',
        actor_kind: 'api_key',
        actor_name: '=cmd()',
        on_behalf_of: userId,
        request_id: 'the-request',
      },
      { action: 'vendor.update', before: { name: 'Convin' }, after: { name: 'Convin Inc' }, outcome: 'success' },
    ]);
    const b = await get(`/api/v1/audit-logs?entityId=${vendorId}&sort=createdAt`);
    expect(b.json.data).toMatchObject([
      { onBehalfOf: userId, sequence: expect.any(Number) },
      { action: 'vendor.update' },
    ]);
    expect(b.json.pagination).toMatchObject({ total: 2, page: 1 });
  });

  it.each([
    ['actor_id', () => `actor_id=${userId}`, 2],
    ['q', () => 'q=vendor', 2],
    [
      'a filter',
      () => `filter=and(starts_with(action,vendor.),within_last(created_at,1h),not(eq(action,vendor.update)))`,
      1,
    ],
    ['an action', () => 'action=vendor.update', 1],
    ['an outcome', () => 'outcome=denied', 0],
    ['a page beyond the end', () => `entity_id=${vendorId}&page=9`, 0],
  ])('is filtered by %s', async (_, query, count) => {
    const { status, json } = await get(`/v1/audit-logs?${query()}`);
    expect([status, json.data.length]).toEqual([200, count]);
  });

  it('is exported as CSV in which no cell is a formula', async () => {
    const { text, headers } = await get(`/v1/audit-logs/export?entity_id=${vendorId}`);
    expect(headers.get('content-disposition')).toContain('audit-log.csv');
    const [head, ...rows] = text.trimEnd().split('\r\n');
    expect(head).toBe(
      'sequence,created_at,action,outcome,actor_kind,actor_id,actor_name,on_behalf_of,entity_type,entity_id,request_id,before,after',
    );
    expect(rows).toHaveLength(2);
    expect(text).toContain(",'=cmd(),");
    expect((await get('/api/v1/audit-logs/export')).text.split('\r\n').length).toBeGreaterThan(4);
  });

  it('is exported whole, however many pages it takes', async () => {
    const many = await createOrganization(database);
    await database.owner`
      insert into audit_logs (organization_id, actor_kind, action, entity_type)
      select ${many.organizationId}, 'system', 'bulk.' || n, 'thing' from generate_series(1, 4500) n`;
    const rows = (await get('/v1/audit-logs/export?entity_type=thing', many)).text.trimEnd().split('\r\n').slice(1);
    expect(rows).toHaveLength(4_500);
    expect(new Set(rows.map((row) => row.split(',')[2])).size).toBe(4_500);
  });

  it('is verified over the API, and a changed row is named', async () => {
    const { json } = await get('/v1/audit-logs/verify');
    expect(json.data).toMatchObject({ valid: true, problems: [], next_sequence: null });
    const { sequence, hash } = json.data.head;
    expect((await get(`/api/v1/audit-logs/verify?knownSequence=${sequence}&knownHash=${hash}`)).json.data.valid).toBe(
      true,
    );
    await database.owner`update audit_logs set after = '{"name": "x"}' where entity_id = ${vendorId} and action = 'vendor.update'`;
    const after = await get('/v1/audit-logs/verify');
    expect(after.json.data).toMatchObject({ valid: false, problems: [{ kind: 'row_changed', sequence }] });
    expect((await get('/v1/audit-logs/verify?known_hash=12')).status).toBe(400);
    expect((await get(`/v1/audit-logs/verify?known_hash=${hash}`)).json.details.field).toBe('known_hash');
  });

  it('shows nothing to those without the permission and nothing of another organization', async () => {
    const { key } = await addKey(database, organization.organizationId, { scopes: ['data.view'] });
    for (const path of ['', '/export', '/verify']) {
      expect((await get(`/v1/audit-logs${path}`, { ...organization, key })).status).toBe(403);
    }
    const other = await createOrganization(database);
    expect((await get(`/v1/audit-logs?entity_id=${vendorId}`, other)).json.data).toEqual([]);
    expect((await get('/v1/audit-logs/export', other)).text).not.toContain(vendorId);
  });

  it('holds what people were refused, a flood of it as one row, and whose sign-in failed', async () => {
    const people = createAccounts(database);
    const notes = createRequestNotes(database.app, (error) => expect.fail(String(error)));
    const admin = await people.register();
    const headers = { 'x-tenant-id': admin.organizationId };
    const app = people.appWith({ notes });
    const as = (token: string, method: string, path: string, body?: object) =>
      call(app, null, method, path, {
        ...(body ? { body } : {}),
        headers: { ...headers, authorization: `Bearer ${token}` },
      });
    const viewer = { first_name: 'Vi', email: 'vi@example.com', role_id: 4, password: PASSWORD };
    const { id } = (await as(admin.token, 'POST', '/v1/users', viewer)).json.data;
    const { token } = (await people.login('vi@example.com')).json.data;
    for (let i = 0; i < 20; i++) expect((await as(token, 'POST', '/v1/teams', { name: 'x' })).status).toBe(403);
    expect((await as(token, 'GET', '/v1/teams', undefined)).status).toBe(200);
    await people.login('vi@example.com', 'not the right one');
    await notes.flush();
    await people.flush();
    const { json } = await as(admin.token, 'GET', '/v1/audit-logs?outcome=denied&sort=created_at');
    expect(json.data).toMatchObject([
      {
        action: 'access.denied',
        actor_kind: 'user',
        actor_id: id,
        after: { code: 'FORBIDDEN', operationId: 'createTeam', permission: 'teams.create' },
      },
      { action: 'auth.sign_in_failed', actor_kind: 'anonymous', entity_id: id },
    ]);
    const anonymous = '/v1/audit-logs?filter=and(eq(actor_kind,anonymous),eq(outcome,denied))';
    expect((await as(admin.token, 'GET', anonymous)).json.data).toHaveLength(1);
  });
});
