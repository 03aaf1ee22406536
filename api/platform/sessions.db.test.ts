import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Accounts, createAccounts, PASSWORD } from '../../test/http/accounts.ts';
import { call, createTestDatabase, type TestDatabase } from '../../test/http/harness.ts';

let database: TestDatabase;
let people: Accounts;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createAccounts(database);
});
afterAll(() => database?.drop());

describe('a session', () => {
  it('goes on with each refresh, and its tokens work once', async () => {
    const { email, refreshToken } = await people.register();
    people.later(600);
    const next = await people.post('/api/v1/auth/refresh', { refreshToken });
    expect(next.status).toBe(200);
    expect(next.json.data.refreshToken).not.toBe(refreshToken);
    expect((await people.as(next.json.data.token, 'GET', '/api/v1/auth/me')).json.data.user.email).toBe(email);
  });

  it('ends when a refresh token comes a second time, with all its tokens', async () => {
    const { refreshToken } = await people.register();
    const next = (await people.post('/api/v1/auth/refresh', { refreshToken })).json.data;
    expect((await people.as(next.token, 'GET', '/api/v1/auth/me')).status).toBe(200);
    const reused = await people.post('/api/v1/auth/refresh', { refreshToken });
    expect([reused.status, reused.json.error.code]).toEqual([401, 'INVALID_REFRESH_TOKEN']);
    expect((await people.post('/api/v1/auth/refresh', { refreshToken: next.refreshToken })).status).toBe(401);
    await vi.waitFor(async () => expect((await people.as(next.token, 'GET', '/api/v1/auth/me')).status).toBe(401), {
      timeout: 1_500,
      interval: 100,
    });
    const rows = await database.owner`select end_reason from user_sessions 
      order by id desc limit 1`;
    expect(rows[0]!.end_reason).toBe('reuse');
  });

  it('has one winner when several requests refresh it at once, and goes on', async () => {
    const { refreshToken } = await people.register();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => people.post('/api/v1/auth/refresh', { refreshToken })),
    );
    const won = answers.filter((answer) => answer.status === 200);
    expect(won).toHaveLength(1);
    const others = answers.filter((answer) => answer.status !== 200);
    expect(new Set(others.map((answer) => answer.json.error.code))).toEqual(new Set(['REFRESH_IN_PROGRESS']));
    const next = await people.post('/api/v1/auth/refresh', { refreshToken: won[0]!.json.data.refreshToken });
    expect(next.status).toBe(200);
  });

  it('goes on when two processes are asked at once, and ends when a copy comes later to either', async () => {
    const elsewhere = people.appWith({});
    const refresh = (refreshToken: string) =>
      call(elsewhere, null, 'POST', '/api/v1/auth/refresh', { body: { refreshToken } });
    const { refreshToken } = await people.register();
    const won = await people.post('/api/v1/auth/refresh', { refreshToken });
    const late = await refresh(refreshToken);
    expect([late.status, late.json.error.code]).toEqual([409, 'REFRESH_IN_PROGRESS']);
    const next = await refresh(won.json.data.refreshToken);
    expect(next.status).toBe(200);
    people.later(6);
    expect((await people.post('/api/v1/auth/refresh', { refreshToken: won.json.data.refreshToken })).status).toBe(401);
    expect((await refresh(next.json.data.refreshToken)).status).toBe(401);
  });

  it('ends by itself after its life, however often it was refreshed', async () => {
    let { refreshToken } = await people.register();
    for (let day = 0; day < 7; day++) {
      const { status, json } = await people.post('/api/v1/auth/refresh', { refreshToken });
      expect(status).toBe(200);
      refreshToken = json.data.refreshToken;
      people.later(86_400);
    }
    expect((await people.post('/api/v1/auth/refresh', { refreshToken })).status).toBe(401);
  });

  it('ends at its sign-out within a second, everywhere or alone', async () => {
    const { email, token } = await people.register();
    const login = async () => (await people.post('/api/v1/auth/login', { email, password: PASSWORD })).json.data;
    const [second, third] = [await login(), await login()];
    const list = await people.as(third.token, 'GET', '/api/v1/auth/sessions');
    expect(list.json.data.map((session: { current: boolean }) => session.current)).toEqual([true, false, false]);
    expect(list.json.pagination.total).toBe(3);

    await people.as(second.token, 'GET', '/api/v1/auth/me');
    const out = await people.as(second.token, 'POST', '/api/v1/auth/logout');
    expect(out.json.data).toEqual({ ended: 1 });
    await vi.waitFor(async () => expect((await people.as(second.token, 'GET', '/api/v1/auth/me')).status).toBe(401), {
      timeout: 1_500,
      interval: 100,
    });
    expect((await people.post('/api/v1/auth/refresh', { refreshToken: second.refreshToken })).status).toBe(401);
    expect((await people.as(token, 'GET', '/api/v1/auth/me')).status).toBe(200);

    const all = await people.as(third.token, 'DELETE', '/api/v1/auth/sessions');
    expect(all.json.data).toEqual({ ended: 2 });
    await vi.waitFor(async () => expect((await people.as(token, 'GET', '/api/v1/auth/me')).status).toBe(401), {
      timeout: 1_500,
      interval: 100,
    });
  });

  it('of somebody else is not found, and is ended by those who manage users alone', async () => {
    const [one, other] = [await people.register(), await people.register()];
    const { json } = await people.as(other.token, 'GET', '/api/v1/auth/sessions');
    const path = `/api/v1/auth/sessions/${json.data[0].id}`;
    expect((await people.as(one.token, 'DELETE', path)).status).toBe(404);
    const mine = await people.as(other.token, 'DELETE', path);
    expect(mine.json.data).toEqual({ ended: 1 });
  });

  it('gives what the role of the person allows, and notices a change of it', async () => {
    const { email, token, userId, organizationId } = await people.register();
    expect((await people.as(token, 'GET', '/api/v1/auth/me')).json.data.permissions).toContain('users.create');
    await database.owner`update users set role = 'viewer', role_id = null where id = ${userId}`;
    await vi.waitFor(
      async () => {
        const { permissions } = (await people.as(token, 'GET', '/api/v1/auth/me')).json.data;
        expect(permissions.every((name: string) => name.endsWith('.view'))).toBe(true);
      },
      { timeout: 1_500, interval: 100 },
    );
    const vendor = await people.as(token, 'POST', '/v1/vendors', {
      headers: { 'x-tenant-id': organizationId },
      body: { code: 'x', name: 'X' },
    });
    expect(vendor.status).toBe(403);
    await database.owner`update users set status = 'inactive' where email = ${email}`;
    await vi.waitFor(async () => expect((await people.as(token, 'GET', '/api/v1/auth/me')).status).toBe(401), {
      timeout: 1_500,
      interval: 100,
    });
  });

  it('may not name another organization', async () => {
    const [one, other] = [await people.register(), await people.register()];
    const headers = { 'x-tenant-id': other.organizationId };
    for (const path of ['/v1/vendors', '/api/v1/auth/me']) {
      const answer = await people.as(one.token, 'GET', path, { headers });
      expect(answer.status, path).toBe(403);
    }
  });
});
