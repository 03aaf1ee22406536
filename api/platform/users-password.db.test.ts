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
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS });
  organization = await createOrganization(database);
  await create({ role_id: 1 });
});
afterAll(() => database?.drop());

const FIRST = 'a harbor full of quiet lanterns';
const SECOND = 'nine copper kettles by the river';

const send = (method: string, path: string, body?: unknown) =>
  call(app, organization, method, path, body ? { body } : {});
const create = async (extra: object = {}) => {
  const body = { first_name: 'Ann', email: `${crypto.randomUUID()}@example.com`, password: FIRST, ...extra };
  const answer = await send('POST', '/v1/users', body);
  expect([answer.status, answer.json.error]).toEqual([201, undefined]);
  expect(answer.text).not.toContain(FIRST);
  return answer.json.data;
};
const signIn = async (email: string, password: string) =>
  (await call(app, null, 'POST', '/api/v1/auth/login', { body: { email, password } })).json.data?.token as
    | string
    | undefined;
/** With an access token, as the person. */
const as = (token: string, method: string, path: string, body?: unknown) =>
  call(app, null, method, path, {
    ...(body ? { body } : {}),
    headers: { authorization: `Bearer ${token}`, 'x-tenant-id': organization.organizationId },
  });

describe('the password of a user', () => {
  it('is given when the user is created; they sign in and see themselves with their own rights', async () => {
    const user = await create({ role_id: 4 });
    const token = (await signIn(user.email, FIRST))!;
    expect((await as(token, 'GET', `/v1/users/${user.id}`)).json.data.email).toBe(user.email);
    expect((await as(token, 'GET', '/v1/users')).status).toBe(200);
    expect((await as(token, 'POST', '/v1/teams', { name: 'x' })).status).toBe(403);
    const weak = await send('POST', '/v1/users', { first_name: 'W', email: 'w@example.com', password: 'password' });
    expect([weak.status, weak.json.details.field]).toEqual([400, 'password']);
    expect(weak.json.details).not.toHaveProperty('value');
  });

  it('is changed by the person who shows the old one; other sessions end, this one goes on', async () => {
    const user = await create({ role_id: 4 });
    const [token, other] = [(await signIn(user.email, FIRST))!, (await signIn(user.email, FIRST))!];
    const change = (body: object) => as(token, 'PUT', `/v1/users/${user.id}`, body);
    for (const body of [
      { password: SECOND },
      { password: SECOND, current_password: 'not this one at all' },
      { current_password: FIRST },
    ]) {
      expect((await change(body)).status).toBe(400);
    }
    const body = { password: SECOND, current_password: FIRST, first_name: 'Bea' };
    expect((await change(body)).json.data.first_name).toBe('Bea');
    expect(await signIn(user.email, FIRST)).toBeUndefined();
    expect(await signIn(user.email, SECOND)).toBeDefined();
    expect((await as(token, 'GET', `/v1/users/${user.id}`)).status).toBe(200);
    const [ended] = await database.owner`
      select count(*)::int as count from user_sessions where user_id = ${user.id} and end_reason = 'password_changed'`;
    expect(ended!.count).toBe(1);
    expect(other).toBeDefined();
  });

  it('is set by who may change users, and by nobody for somebody who holds more', async () => {
    const user = await create({ role_id: 3 });
    const token = (await signIn(user.email, FIRST))!;
    expect((await send('PUT', `/v1/users/${user.id}`, { password: SECOND })).status).toBe(200);
    expect(await signIn(user.email, SECOND)).toBeDefined();
    const admin = await create({ role_id: 1 });
    expect((await as(token, 'PUT', `/v1/users/${admin.id}`, { password: SECOND })).status).not.toBe(200);
    expect(await signIn(admin.email, FIRST)).toBeDefined();
  });
});

describe('the sessions of a user', () => {
  it.each([
    ['is put to sleep', 'PUT', (id: string) => `/v1/users/${id}`, { status: 'inactive' }],
    ['is removed from the team', 'DELETE', (id: string) => `/api/v1/team/members/${id}`, undefined],
    ['is deleted', 'DELETE', (id: string) => `/v1/users/${id}`, undefined],
  ] as const)('end when the user %s, and stay ended', async (_, method, path, body) => {
    const user = await create();
    await signIn(user.email, FIRST);
    expect((await send(method, path(user.id), body)).status).toBe(200);
    expect(await signIn(user.email, FIRST)).toBeUndefined();
    const open = await database.owner`select from user_sessions where user_id = ${user.id} and ended_at is null`;
    expect(open).toHaveLength(0);
  });
});
