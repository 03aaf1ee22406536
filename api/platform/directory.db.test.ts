import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Permission } from '../../domain/platform/permissions.rules.ts';
import { loadUserAccess } from '../../services/platform/roles/index.ts';
import {
  addKey,
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
});
afterAll(() => database?.drop());

const send = (method: string, path: string, body?: unknown, as = organization, headers = {}) =>
  call(app, as, method, path, { ...(body === undefined ? {} : { body }), headers });
const addUser = async (extra: object = {}, as = organization) => {
  const body = { first_name: 'P', email: `${crypto.randomUUID()}@example.com`, ...extra };
  return (await send('POST', '/v1/users', body, as)).json.data;
};
const keyOf = async (userId: string, as = organization): Promise<TestOrganization> => {
  const access = await loadUserAccess(database.app, as.organizationId, userId);
  const scopes = [...access!.permissions] as Permission[];
  const key = await addKey(database, as.organizationId, { scopes });
  await database.owner`update api_keys set user_id = ${userId} where id = ${key.keyId}`;
  return { ...as, ...key };
};
const idsOf = ({ json }: { json: { data: { id: string }[] } }) => json.data.map(({ id }) => id).sort();

describe('the directory of members', () => {
  it('shows admins the organization and everybody else their own team with the teams inside it', async () => {
    const own = await createOrganization(database);
    const team = (await send('POST', '/v1/teams', { name: 'T' }, own)).json.data;
    const inner = (await send('POST', '/v1/teams', { name: 'I', parent_team_id: team.id }, own)).json.data;
    const admin = await addUser({ role_id: 1 }, own);
    const member = await addUser({ role_id: 3, team_id: team.id }, own);
    const inside = await addUser({ role_id: 4, team_id: inner.id }, own);
    const alone = await addUser({ role_id: 3 }, own);
    const seenBy = async (user: { id: string }) =>
      idsOf(await send('GET', '/api/v1/team/members', undefined, await keyOf(user.id, own)));
    const all = [admin.id, member.id, inside.id, alone.id].sort();
    expect(await seenBy(admin)).toEqual(all);
    expect(idsOf(await send('GET', '/api/v1/team/members', undefined, own))).toEqual(all);
    expect(await seenBy(member)).toEqual([member.id, inside.id].sort());
    expect(await seenBy(inside)).toEqual([inside.id]);
    expect(await seenBy(alone)).toEqual([alone.id]);
    expect(idsOf(await send('GET', '/api/v1/team/members?role=viewer', undefined, own))).toEqual([inside.id]);
  });

  it('tells from the last sign of somebody whether they are there', async () => {
    const user = await addUser();
    const presence = async (minutesAgo: number) => {
      const at = new Date(Date.now() - minutesAgo * 60_000);
      await database.owner`update users set last_active_at = ${at} where id = ${user.id}`;
      const { data } = (await send('GET', `/api/v1/team/members?q=${user.email}`)).json;
      return [data[0].presence, data[0].version];
    };
    expect(await presence(1)).toEqual(['online', 1]);
    expect(await presence(20)).toEqual(['away', 1]);
    expect(await presence(90)).toEqual(['offline', 1]);
  });

  it('gives a member the default role of a level, and takes members out: no access, no team', async () => {
    const user = await addUser({ team_id: 1, role_id: 2 });
    const changed = await send('PUT', `/api/v1/team/members/${user.id}/role`, { role: 'viewer' });
    expect(changed.json.data).toMatchObject({ baseLevel: 'viewer', role: { number: 4, name: 'Viewer' } });
    expect((await send('PUT', `/api/v1/team/members/${user.id}/role`, { role: 'owner' })).status).toBe(400);
    const removed = await send('DELETE', `/api/v1/team/members/${user.id}`);
    expect(removed.json.data).toMatchObject({ status: 'inactive', team: null });
    const access = await loadUserAccess(database.app, organization.organizationId, user.id);
    expect([access!.status, access!.permissions.size]).toEqual(['inactive', 0]);
    expect((await send('PUT', `/v1/users/${user.id}`, { status: 'active' })).json.data.status).toBe('active');
  });
});

describe('activity', () => {
  it('lists what people did themselves or with their keys, newest first', async () => {
    const own = await createOrganization(database);
    const admin = await addUser({ role_id: 1 }, own);
    const key = await keyOf(admin.id, own);
    await send('POST', '/v1/roles', { name: 'A', permissions: [] }, key);
    await send('POST', '/v1/teams', { name: 'B' }, key);
    const { data, pagination } = (await send('GET', '/api/v1/team/activity', undefined, key)).json;
    expect(data.map((one: { action: string }) => one.action)).toEqual(['team.create', 'role.create']);
    expect(data[0]).toMatchObject({ userId: admin.id, userName: 'P', apiKeyId: key.keyId, entityType: 'team' });
    expect(pagination.total).toBe(2);
    const roles = await send('GET', `/api/v1/team/activity?action=role.create&userId=${admin.id}`, undefined, key);
    expect(roles.json.data).toHaveLength(1);
    const later = await send('GET', '/api/v1/team/activity?from=2099-01-01T00:00:00Z', undefined, key);
    expect(later.json.data).toEqual([]);
    const viewer = await keyOf((await addUser({ role_id: 4 }, own)).id, own);
    expect((await send('GET', '/api/v1/team/activity', undefined, viewer)).json.data).toEqual([]);
  });
});

describe("one's own team", () => {
  it('is read and its settings are changed; without one it is the first of the organization', async () => {
    const team = (await send('POST', '/v1/teams', { name: 'Own' })).json.data;
    const key = await keyOf((await addUser({ role_id: 1, team_id: team.id })).id);
    expect((await send('GET', '/api/v1/team', undefined, key)).json.data).toMatchObject({ id: team.id, members: 1 });
    const body = { description: 'd', settings: { deep_key: { camelKey: true } } };
    expect((await send('PUT', '/api/v1/team', body, key)).json.data).toMatchObject({ name: 'Own', ...body });
    expect((await send('PUT', '/api/v1/team', { name: 'x' }, key, { 'if-match': '"1"' })).status).toBe(412);
    expect((await send('GET', '/api/v1/team')).json.data.number).toBe(1);
  });
});

describe('the organization', () => {
  it('shows plan and settings, and changes the ones that are given', async () => {
    const own = await createOrganization(database);
    const before = (await send('GET', '/api/v1/organization', undefined, own)).json.data;
    expect(before).toMatchObject({ name: 'Test', plan: 'free', timeZone: 'UTC', language: 'en', members: 0, teams: 1 });
    const changes = {
      name: 'Other',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
      intentWeights: { purchase_inquiry: 1.5 },
      milestoneEventTypes: { lead: ['signup'], opportunity: [] },
      directChannels: ['direct'],
      retentionDays: 400,
    };
    const changed = await send('PUT', '/api/v1/organization', changes, own, { 'if-match': `"${before.version}"` });
    expect(changed.json.data).toMatchObject({ ...changes, plan: 'free', weekStart: 1 });
    const stale = await send('PUT', '/api/v1/organization', { name: 'x' }, own, { 'if-match': `"${before.version}"` });
    expect(stale.status).toBe(412);
    for (const wrong of [
      { timeZone: 'Nowhere' },
      { currency: 'XYZ' },
      { weekStart: 8 },
      { plan: 'enterprise' },
      { retentionDays: 3 },
    ]) {
      expect((await send('PUT', '/api/v1/organization', wrong, own)).status).toBe(400);
    }
  });
});

describe('preferences and profile', () => {
  it("are one's own, begin with defaults and are changed in part under an ETag", async () => {
    const user = await addUser({ role_id: 4 });
    const key = await keyOf(user.id);
    const first = await send('GET', '/api/v1/preferences', undefined, key);
    expect(first.json.data).toMatchObject({
      emailNotifications: true,
      emailFrequency: 'instant',
      theme: 'light',
      timezone: 'UTC',
      language: 'en',
    });
    const etag = first.headers.get('etag')!;
    const changes = { emailFrequency: 'daily', theme: 'dark', timezone: 'Asia/Tokyo', weeklyDigest: false };
    const changed = await send('PUT', '/api/v1/preferences', changes, key, { 'if-match': etag });
    expect(changed.json.data).toMatchObject({ ...changes, desktopNotifications: true });
    expect((await send('PUT', '/api/v1/preferences', { theme: 'light' }, key, { 'if-match': etag })).status).toBe(412);
    expect((await send('GET', `/v1/users/${user.id}`)).json.data.timezone).toBe('Asia/Tokyo');
    expect((await send('PUT', '/api/v1/preferences', { theme: 'blue' }, key)).status).toBe(400);

    const profile = await send('GET', '/api/v1/profile', undefined, key);
    expect(profile.json.data).toMatchObject({ id: user.id, jobTitle: null, role: { number: 4 } });
    const own = { firstName: 'Ann', jobTitle: 'Lead', linkedinUrl: 'https://www.linkedin.com/in/ann', bio: null };
    expect((await send('PUT', '/api/v1/profile', own, key)).json.data).toMatchObject({ ...own, name: 'Ann' });
    expect((await send('PUT', '/api/v1/profile', { department: 'Sales' }, key)).json.data).toMatchObject({
      ...own,
      department: 'Sales',
    });
    for (const wrong of [{ email: 'x@example.com' }, { role: 'admin' }, { avatarUrl: 'javascript:alert(1)' }]) {
      expect((await send('PUT', '/api/v1/profile', wrong, key)).status).toBe(400);
    }
  });

  it('need a person', async () => {
    for (const path of ['/api/v1/preferences', '/api/v1/profile']) {
      for (const [method, body] of [['GET'], ['PUT', {}]] as const) {
        const refused = await send(method, path, body);
        expect([refused.status, refused.json.error.code]).toEqual([403, 'NO_PERSON']);
      }
    }
  });
});
