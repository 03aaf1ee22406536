import { describe, expect, it } from 'vitest';
import { ALL_PERMISSIONS } from '../../domain/platform/permissions.rules.ts';
import { loadUserAccess } from '../../services/platform/roles/index.ts';
import { openApi } from '../../test/http/api.ts';
import { addKey, createOrganization, type TestOrganization } from '../../test/http/harness.ts';

const { database, organization, send } = await openApi();
const insertUser = async (as: TestOrganization, columns: Record<string, unknown> = {}) => {
  const row = { organization_id: as.organizationId, email: `${crypto.randomUUID()}@example.com`, ...columns };
  const [user] = await database.owner`insert into users ${database.owner(row)} returning id`;
  return user!.id as string;
};
const roleIdOf = async (as: TestOrganization, number: number) =>
  (await send('GET', `/v1/roles/${number}`, undefined, as)).json.data.id as string;

describe('a new organization', () => {
  it('has the roles 1 Admin, 2 Agent, 3 User, 4 Viewer, also when it was inserted by hand', async () => {
    const { json } = await send('GET', '/v1/roles?is_default=true');
    expect(json.data.map((role: { number: number; name: string }) => [role.number, role.name])).toEqual([
      [1, 'Admin'],
      [2, 'Agent'],
      [3, 'User'],
      [4, 'Viewer'],
    ]);
    expect(json.data[0]).toMatchObject({
      permissions: [...ALL_PERMISSIONS].sort(),
      is_default: true,
      can_be_edited: false,
    });
  });

  it('keeps its default roles as they are: 409 on change and deletion', async () => {
    for (const number of [1, 2, 3, 4]) {
      const change = await send('PUT', `/v1/roles/${number}`, { name: 'Other' });
      expect([change.status, change.json.code]).toEqual([409, 'ROLE_NOT_EDITABLE']);
      const removal = await send('DELETE', `/v1/roles/${number}`);
      expect([removal.status, removal.json.code]).toEqual([409, 'ROLE_NOT_DELETABLE']);
    }
  });
});

describe('a role', () => {
  it('is created, read by id and number, changed under its ETag and deleted', async () => {
    const body = {
      name: 'Lead',
      description: 'd',
      permissions: ['teams.view', 'users.view', 'users.view'],
      allowed_team_ids: [1],
    };
    const created = await send('POST', '/v1/roles', body);
    expect(created.status).toBe(201);
    const role = created.json.data;
    expect(role).toMatchObject({
      number: 5,
      permissions: ['teams.view', 'users.view'],
      base_level: 'viewer',
      users: 0,
    });
    expect(role.allowed_team_ids).toHaveLength(1);
    expect((await send('GET', '/v1/roles/5')).json.data).toEqual(role);
    const stale = await send('PUT', '/v1/roles/5', { name: 'x' }, organization, { 'if-match': '"9"' });
    expect(stale.status).toBe(412);
    const changed = await send('PUT', `/v1/roles/${role.id}`, { permissions: ['teams.edit'], allowed_team_ids: null });
    expect(changed.json.data).toMatchObject({
      name: 'Lead',
      permissions: ['teams.edit'],
      base_level: 'user',
      version: 2,
    });
    expect((await send('DELETE', `/v1/roles/${role.id}`)).json.data).toEqual({ id: role.id });
    expect((await send('GET', `/v1/roles/${role.id}`)).status).toBe(404);
    const again = await send('POST', '/v1/roles', body);
    expect(again.json.data.number).toBe(6);
  });

  it('has a name of its own, known permissions and existing teams', async () => {
    const own = await createOrganization(database);
    const twice = await send('POST', '/v1/roles', { name: 'ADMIN', permissions: [] }, own);
    expect([twice.status, twice.json.code]).toEqual([409, 'DUPLICATE_ROLE']);
    const unknown = await send('POST', '/v1/roles', { name: 'x', permissions: ['data.view', 'odd'] }, own);
    expect([unknown.status, unknown.json.details.field]).toEqual([400, 'permissions.1']);
    const noTeam = await send('POST', '/v1/roles', { name: 'x', permissions: [], allowed_team_ids: [1, 77] }, own);
    expect([noTeam.status, noTeam.json.details.field]).toEqual([400, 'allowed_team_ids.1']);
  });

  it('that says so cannot be edited any more, and cannot be deleted as a default one', async () => {
    const frozen = { name: 'Frozen', permissions: ['data.view'], can_be_edited: false, is_default: true };
    const { id } = (await send('POST', '/v1/roles', frozen)).json.data;
    expect((await send('PUT', `/v1/roles/${id}`, { name: 'y' })).json.code).toBe('ROLE_NOT_EDITABLE');
    expect((await send('DELETE', `/v1/roles/${id}`)).json.code).toBe('ROLE_NOT_DELETABLE');
  });

  it('stays while somebody has it', async () => {
    const { id } = (await send('POST', '/v1/roles', { name: 'Used', permissions: [] })).json.data;
    await insertUser(organization, { role_id: id });
    const refused = await send('DELETE', `/v1/roles/${id}`);
    expect([refused.status, refused.json.code, refused.json.details.users]).toEqual([409, 'ROLE_IN_USE', 1]);
  });

  it('is never above its creator, nor grows above its editor', async () => {
    const scopes = ['roles.view', 'roles.create', 'roles.edit', 'data.view'] as const;
    const limited = { ...organization, ...(await addKey(database, organization.organizationId, { scopes })) };
    const above = await send('POST', '/v1/roles', { name: 'Above', permissions: ['data.view', 'users.edit'] }, limited);
    expect([above.status, above.json.code, above.json.details.permissions]).toEqual([
      403,
      'PERMISSION_ESCALATION',
      ['users.edit'],
    ]);
    const { id } = (await send('POST', '/v1/roles', { name: 'Within', permissions: ['data.view'] }, limited)).json.data;
    const grown = await send('PUT', `/v1/roles/${id}`, { permissions: ['data.view', 'data.export'] }, limited);
    expect(grown.json.code).toBe('PERMISSION_ESCALATION');
    const kept = await send('PUT', `/v1/roles/${id}`, { permissions: [] }, limited);
    expect(kept.status).toBe(200);
  });

  it('gets a number of its own when many are created at once', async () => {
    const own = await createOrganization(database);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => send('POST', '/v1/roles', { name: `R${n}`, permissions: [] }, own)),
    );
    const numbers = answers.map(({ json }) => json.data.number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, n) => n + 5));
  });

  it('belongs to its organization alone', async () => {
    const { id } = (await send('POST', '/v1/roles', { name: 'Own', permissions: [] })).json.data;
    const stranger = await createOrganization(database);
    for (const [method, body] of [['GET'], ['PUT', { name: 'z' }], ['DELETE']] as const) {
      expect((await send(method, `/v1/roles/${id}`, body, stranger)).status).toBe(404);
    }
  });
});

describe('the access of a user', () => {
  it('follows the role, else the level, and the status', async () => {
    const load = async (id: string) => (await loadUserAccess(database.app, organization.organizationId, id))!;
    const byHand = await load(await insertUser(organization, { role: 'admin' }));
    expect([byHand.role, byHand.permissions.size]).toEqual([null, ALL_PERMISSIONS.length]);
    const viewer = await load(
      await insertUser(organization, { role: 'admin', role_id: await roleIdOf(organization, 4) }),
    );
    expect([viewer.roleNumber, viewer.permissions.has('data.view'), viewer.permissions.has('data.ingest')]).toEqual([
      4,
      true,
      false,
    ]);
    const observer = await load(await insertUser(organization, { role: 'admin', user_type: 'observer' }));
    expect([observer.permissions.has('data.view'), observer.permissions.has('users.edit')]).toEqual([true, false]);
    const inactive = await load(await insertUser(organization, { role: 'admin', status: 'inactive' }));
    expect([inactive.status, inactive.permissions.size]).toEqual(['inactive', 0]);
    const deleted = await load(await insertUser(organization, { role: 'admin', deleted_at: new Date() }));
    expect([deleted.status, deleted.permissions.size]).toEqual(['deleted', 0]);
    const stranger = await createOrganization(database);
    expect(await loadUserAccess(database.app, stranger.organizationId, byHand.userId)).toBeNull();
  });

  it('reaches the teams of the role and the teams inside them', async () => {
    const [parent] = await database.owner`
      insert into teams (organization_id, name) values (${organization.organizationId}, 'P') returning id`;
    const [child] = await database.owner`
      insert into teams (organization_id, name, parent_team_id)
      values (${organization.organizationId}, 'C', ${parent!.id}) returning id`;
    const body = { name: 'Of P', permissions: ['users.view'], allowed_team_ids: [parent!.id] };
    const role = (await send('POST', '/v1/roles', body)).json.data;
    const access = await loadUserAccess(
      database.app,
      organization.organizationId,
      await insertUser(organization, { role_id: role.id }),
    );
    expect([...access!.allowedTeamIds!].sort()).toEqual([parent!.id, child!.id].sort());
  });
});

describe('an explanation', () => {
  it('says why a person or a key may or may not', async () => {
    const explain = async (query: string, as = organization) =>
      (await send('GET', `/v1/permissions/explain?${query}`, undefined, as)).json;
    const own = await explain('permission=users.create');
    expect(own.data).toMatchObject({
      allowed: true,
      code: 'GRANTED',
      actor: { kind: 'api_key', id: organization.keyId },
    });
    const viewer = await insertUser(organization, { role_id: await roleIdOf(organization, 4) });
    expect((await explain(`permission=users.create&actor_id=${viewer}`)).data).toMatchObject({
      allowed: false,
      code: 'ROLE_LACKS',
      actor: { kind: 'user', role_name: 'Viewer' },
    });
    await database.owner`update api_keys set user_id = ${viewer} where id = ${organization.keyId}`;
    expect((await explain('permission=users.create')).data).toMatchObject({ allowed: false, code: 'ROLE_LACKS' });
    await database.owner`update api_keys set user_id = null where id = ${organization.keyId}`;
    const limited = {
      ...organization,
      ...(await addKey(database, organization.organizationId, { scopes: ['data.view'] })),
    };
    expect((await explain('permission=users.create', limited)).data.code).toBe('SCOPE_LACKS');
    const about = await explain(`permission=users.create&actor_id=${viewer}`, limited);
    expect(about.code).toBe('FORBIDDEN');
    expect((await explain('permission=odd')).code).toBe('VALIDATION_ERROR');
    expect((await explain(`permission=data.view&actor_id=${crypto.randomUUID()}`)).code).toBe('NOT_FOUND');
  });
});
