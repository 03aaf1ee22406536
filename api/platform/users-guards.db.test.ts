import { describe, expect, it } from 'vitest';
import type { Permission } from '../../domain/platform/permissions.rules.ts';
import { loadUserAccess } from '../../services/platform/roles/index.ts';
import { openApi } from '../../test/http/api.ts';
import { call, createOrganization, createTestApp, type TestOrganization } from '../../test/http/harness.ts';
import { nextEmail, peopleOf, refusal } from '../../test/http/people.ts';
import { ENDPOINTS } from '../endpoints.ts';

const api = await openApi();
const { database, organization, send } = api;
const { create, keyOf } = peopleOf(api);

describe('nobody grants what they do not hold', () => {
  const STAFF: Permission[] = ['users.view', 'users.create', 'users.edit', 'users.delete', 'data.view'];

  it('neither by creating nor by changing people, nor by changing those who hold more', async () => {
    await send('POST', '/v1/roles', { name: 'Staff', permissions: STAFF });
    await send('POST', '/v1/roles', { name: 'Looker', permissions: ['data.view'] });
    const staff = await keyOf((await create({ role_id: 'Staff' })).id);
    const up = await send('POST', '/v1/users', { first_name: 'Up', email: nextEmail(), role_id: 1 }, staff);
    expect(refusal(up)).toEqual([403, 'PERMISSION_ESCALATION']);
    const plain = await send('POST', '/v1/users', { first_name: 'Std', email: nextEmail() }, staff);
    expect(refusal(plain)).toEqual([403, 'PERMISSION_ESCALATION']);
    const below = await create({ role_id: 'Looker' }, staff);
    expect(refusal(await send('PUT', `/v1/users/${below.id}`, { role_id: 1 }, staff))).toEqual([
      403,
      'PERMISSION_ESCALATION',
    ]);
    expect((await send('PUT', `/v1/users/${below.id}`, { role_id: 'staff' }, staff)).status).toBe(200);
    const admin = await create({ role_id: 1 });
    for (const [method, body] of [['PUT', { email: nextEmail() }], ['DELETE']] as const) {
      expect(refusal(await send(method, `/v1/users/${admin.id}`, body, staff))).toEqual([403, 'PERMISSION_ESCALATION']);
    }
    // Asleep they hold nothing, but waking them up gives it all back.
    await send('PUT', `/v1/users/${admin.id}`, { status: 'inactive' });
    expect(refusal(await send('PUT', `/v1/users/${admin.id}`, { status: 'active' }, staff))).toEqual([
      403,
      'PERMISSION_ESCALATION',
    ]);
  });

  it('nor beyond the teams that their role allows', async () => {
    const team = (await send('POST', '/v1/teams', { name: 'Mine' })).json.data;
    const inner = (await send('POST', '/v1/teams', { name: 'Mine too', parent_team_id: team.id })).json.data;
    const permissions = [...STAFF, 'teams.view', 'teams.edit', 'roles.create', 'teams.create'];
    const { id: roleId } = (
      await send('POST', '/v1/roles', { name: 'Lead of Mine', permissions, allowed_team_ids: [team.id] })
    ).json.data;
    const { id: insideId } = (
      await send('POST', '/v1/roles', { name: 'In Mine', permissions: ['data.view'], allowed_team_ids: [inner.id] })
    ).json.data;
    const user = await create({ role_id: roleId, team_id: team.id });
    const outside = await create({ team_id: 1 });
    const key = await keyOf(user.id);
    const limited = limitedApp(await loadUserAccess(database.app, organization.organizationId, user.id), key);
    const act = (method: string, path: string, body?: unknown) => limited(method, path, body);
    const seen = (await act('GET', '/v1/users')).json.data.map((one: { id: string }) => one.id);
    expect(seen).toEqual([user.id]);
    expect(refusal(await act('GET', `/v1/users/${outside.id}`))).toEqual([403, 'TEAM_NOT_ALLOWED']);
    expect(refusal(await act('PUT', `/v1/users/${outside.id}`, { first_name: 'x' }))).toEqual([
      403,
      'TEAM_NOT_ALLOWED',
    ]);
    const fresh = (fields: object) => act('POST', '/v1/users', { first_name: 'N', email: nextEmail(), ...fields });
    expect(refusal(await fresh({ role_id: insideId, team_id: 1 }))).toEqual([403, 'TEAM_NOT_ALLOWED']);
    expect(refusal(await fresh({ role_id: insideId }))).toEqual([403, 'TEAM_NOT_ALLOWED']);
    expect(refusal(await fresh({ role_id: 'Looker', team_id: inner.id }))).toEqual([403, 'PERMISSION_ESCALATION']);
    expect((await fresh({ role_id: insideId, team_id: inner.id })).status).toBe(201);
    expect((await act('GET', '/v1/teams')).json.data.map((one: { id: string }) => one.id)).toEqual([team.id]);
    expect(refusal(await act('GET', '/v1/teams/1'))).toEqual([403, 'TEAM_NOT_ALLOWED']);
    expect(refusal(await act('POST', `/v1/teams/${team.id}/members`, { user_ids: [outside.id] }))).toEqual([
      403,
      'TEAM_NOT_ALLOWED',
    ]);
    expect(refusal(await act('POST', '/v1/teams', { name: 'Top' }))).toEqual([403, 'TEAM_NOT_ALLOWED']);
    expect(refusal(await act('POST', '/v1/roles', { name: 'Everywhere', permissions: ['data.view'] }))).toEqual([
      403,
      'PERMISSION_ESCALATION',
    ]);
  });

  /** The app with an authenticator that says what a session would say. */
  function limitedApp(access: Awaited<ReturnType<typeof loadUserAccess>>, as: TestOrganization) {
    const principal = {
      kind: 'user' as const,
      id: access!.userId,
      userId: access!.userId,
      permissions: access!.permissions,
      allowedTeamIds: access!.allowedTeamIds,
    };
    const identity = { organizationId: as.organizationId, principal, rateLimitPerHour: null };
    const own = createTestApp({ db: database.app, endpoints: ENDPOINTS, authenticate: () => identity });
    return (method: string, path: string, body?: unknown) =>
      call(own, as, method, path, body === undefined ? {} : { body });
  }
});

describe('the last admin', () => {
  it('stays: not deleted, not removed, not made less, not made an observer, not put to sleep', async () => {
    const own = await createOrganization(database);
    const admin = await create({ role_id: 1 }, own);
    for (const [method, path, body] of [
      ['DELETE', `/v1/users/${admin.id}`],
      ['DELETE', `/api/v1/team/members/${admin.id}`],
      ['PUT', `/api/v1/team/members/${admin.id}/role`, { role: 'user' }],
      ['PUT', `/v1/users/${admin.id}`, { role_id: 4 }],
      ['PUT', `/v1/users/${admin.id}`, { status: 'inactive' }],
      ['PUT', `/v1/users/${admin.id}`, { user_type: 'observer' }],
    ] as const) {
      const refused = await send(method, path, body, own);
      expect([path, refused.status, refused.json.code ?? refused.json.error.code]).toEqual([path, 409, 'LAST_ADMIN']);
    }
    const [hand] = await database.owner`
      insert into users (organization_id, email, role) values (${own.organizationId}, ${nextEmail()}, 'admin') returning id`;
    expect((await send('DELETE', `/v1/users/${admin.id}`, undefined, own)).status).toBe(200);
    expect(refusal(await send('DELETE', `/v1/users/${hand!.id}`, undefined, own))).toEqual([409, 'LAST_ADMIN']);
  });

  it('stays when several are taken away at once', async () => {
    const own = await createOrganization(database);
    const admins = await Promise.all(Array.from({ length: 5 }, () => create({ role_id: 1 }, own)));
    const ways = [
      (id: string) => send('DELETE', `/v1/users/${id}`, undefined, own),
      (id: string) => send('PUT', `/v1/users/${id}`, { role_id: 3 }, own),
      (id: string) => send('DELETE', `/api/v1/team/members/${id}`, undefined, own),
      (id: string) => send('PUT', `/v1/users/${id}`, { status: 'inactive' }, own),
      (id: string) => send('PUT', `/api/v1/team/members/${id}/role`, { role: 'viewer' }, own),
    ];
    const answers = await Promise.all(admins.map(({ id }, n) => ways[n]!(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 409]);
    const [left] = await database.owner`
      select count(*)::int as count from users
      where organization_id = ${own.organizationId} and role = 'admin' and status = 'active' and deleted_at is null`;
    expect(left!.count).toBe(1);
  });
});
