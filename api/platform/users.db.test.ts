import { describe, expect, it } from 'vitest';
import { ALL_PERMISSIONS } from '../../domain/platform/permissions.rules.ts';
import { loadUserAccess } from '../../services/platform/roles/index.ts';
import { openApi } from '../../test/http/api.ts';
import { createOrganization } from '../../test/http/harness.ts';
import { nextEmail, peopleOf, refusal } from '../../test/http/people.ts';

const api = await openApi();
const { database, organization, send } = api;
const { create, keyOf } = peopleOf(api);

describe('a user', () => {
  it('is created as printed, with role and team by number, read, changed and listed', async () => {
    const own = await createOrganization(database);
    const email = nextEmail();
    const body = {
      first_name: 'John',
      last_name: 'Doe',
      email,
      phone: '+1234567890',
      role_id: 2,
      team_id: '1',
      user_type: 'product_user',
      location: 'USA',
    };
    const user = await create(body, own);
    expect(user).toMatchObject({
      name: 'John Doe',
      phone: '+1234567890',
      role: { number: 2, name: 'Agent' },
      team: { number: 1, name: 'General' },
      sub_team: null,
      base_level: 'user',
      user_type: 'product_user',
      status: 'active',
      location: 'USA',
    });
    expect((await send('GET', `/v1/users/${user.id}`, undefined, own)).json.data).toEqual(user);
    const changed = await send(
      'PUT',
      `/v1/users/${user.id}`,
      { role_id: 'viewer', location: null, status: 'inactive' },
      own,
    );
    expect(changed.json.data).toMatchObject({
      role: { number: 4 },
      base_level: 'viewer',
      location: null,
      status: 'inactive',
    });
    const stale = await send('PUT', `/v1/users/${user.id}`, { location: 'UK' }, own, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    const list = async (query: string) =>
      (await send('GET', `/v1/users?${query}`, undefined, own)).json.data.map((one: { email: string }) => one.email);
    const other = (await create({ role_id: 1, user_type: 'observer' }, own)).email;
    expect(await list('role_id=4')).toEqual([email]);
    expect(await list('team_id=1&status=inactive')).toEqual([email]);
    expect(await list('user_type=observer')).toEqual([other]);
    expect(await list('q=john%20d')).toEqual([email]);
    expect(await list('sort=-email')).toEqual([email, other].sort().reverse());
    expect((await send('GET', '/v1/users?sort=phone', undefined, own)).status).toBe(400);
  });

  it('has an e-mail that nobody else has, in any spelling and any organization', async () => {
    const { id, email } = await create();
    const again = await send('POST', '/v1/users', { first_name: 'Q', email: email.toUpperCase() });
    expect([...refusal(again), again.json.details.existing_id]).toEqual([409, 'EMAIL_TAKEN', id]);
    const stranger = await createOrganization(database);
    const elsewhere = await send('POST', '/v1/users', { first_name: 'Q', email }, stranger);
    expect([...refusal(elsewhere), elsewhere.json.details.existing_id]).toEqual([409, 'EMAIL_TAKEN', undefined]);
    const third = await create({}, stranger);
    const moved = await send('PUT', `/v1/users/${third.id}`, { email }, stranger);
    expect(refusal(moved)).toEqual([409, 'EMAIL_TAKEN']);
    const twins = await Promise.all(
      [organization, stranger].map((as) =>
        send('POST', '/v1/users', { first_name: 'T', email: 'twin@example.com' }, as),
      ),
    );
    expect(twins.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('refuses roles, teams and managers that do not exist, and circles of managers', async () => {
    const stranger = await create({}, await createOrganization(database));
    for (const [field, value] of [
      ['role_id', 77],
      ['role_id', crypto.randomUUID()],
      ['team_id', 77],
      ['sub_team_id', 1],
      ['manager_id', stranger.id],
      ['timezone', 'Mars/Olympus'],
      ['phone', 'call me'],
      ['email', 'nobody'],
    ]) {
      const answer = await send('POST', '/v1/users', { first_name: 'X', email: nextEmail(), [field as string]: value });
      expect([field, answer.status, answer.json.details?.field]).toEqual([field, 400, field]);
    }
    const top = await create();
    const middle = await create({ manager_id: top.id });
    expect(middle.manager).toEqual({ id: top.id, name: top.name });
    for (const manager_id of [middle.id, top.id]) {
      const circle = await send('PUT', `/v1/users/${top.id}`, { manager_id });
      expect([circle.status, circle.json.details.field]).toEqual([400, 'manager_id']);
    }
  });

  it('shows the team and the team inside it', async () => {
    const parent = (await send('POST', '/v1/teams', { name: 'Outer' })).json.data;
    const inner = (await send('POST', '/v1/teams', { name: 'Inner', parent_team_id: parent.number })).json.data;
    const user = await create({ team_id: parent.id, sub_team_id: inner.number });
    expect([user.team.id, user.sub_team.id]).toEqual([parent.id, inner.id]);
    const wrong = await send('PUT', `/v1/users/${user.id}`, { team_id: 1, sub_team_id: inner.id });
    expect(wrong.json.details.field).toBe('sub_team_id');
    expect((await send('PUT', `/v1/users/${user.id}`, { team_id: null })).json.data).toMatchObject({
      team: null,
      sub_team: null,
    });
  });

  it('is deleted softly: out of lists, e-mail free again, history and name kept, no access', async () => {
    const manager = await create({ role_id: 1 });
    const report = await create({ manager_id: manager.id });
    await create({ role_id: 1 });
    const key = await keyOf(manager.id);
    expect((await send('GET', '/v1/roles', undefined, key)).status).toBe(200);
    expect((await send('DELETE', `/v1/users/${manager.id}`)).json.data).toEqual({ id: manager.id });
    expect((await send('GET', `/v1/users/${manager.id}`)).status).toBe(404);
    expect((await send('GET', `/v1/users/${report.id}`)).json.data.manager).toBeNull();
    const access = await loadUserAccess(database.app, organization.organizationId, manager.id);
    expect([access!.status, access!.permissions.size]).toEqual(['deleted', 0]);
    expect((await create({ email: manager.email })).id).not.toBe(manager.id);
    const [kept] = await database.owner`
      select (select count(*)::int from audit_logs where entity_id = ${manager.id}) as audits,
             (select email from users where id = ${manager.id}) as email`;
    expect(kept).toEqual({ audits: 2, email: manager.email });
  });

  it('of another organization is not found', async () => {
    const { id } = await create();
    const stranger = await createOrganization(database);
    for (const [method, body] of [['GET'], ['PUT', { first_name: 'z' }], ['DELETE']] as const) {
      expect((await send(method, `/v1/users/${id}`, body, stranger)).status).toBe(404);
    }
  });
});

describe("one's own profile", () => {
  it('is read and changed without a permission: name, time zone, language, and nothing else', async () => {
    const user = await create({ role_id: 4 });
    const self = await keyOf(user.id, []);
    expect((await send('GET', `/v1/users/${user.id}`, undefined, self)).json.data.id).toBe(user.id);
    const changes = { first_name: 'New', last_name: 'Name', timezone: 'Europe/Berlin', language: 'de' };
    expect((await send('PUT', `/v1/users/${user.id}`, changes, self)).json.data).toMatchObject(changes);
    for (const change of [
      { role_id: 1 },
      { status: 'active' },
      { phone: '+14155550123' },
      { team_id: null },
      { user_type: 'observer' },
    ]) {
      expect(refusal(await send('PUT', `/v1/users/${user.id}`, change, self))).toEqual([403, 'FORBIDDEN']);
    }
    const other = await create();
    expect(refusal(await send('GET', `/v1/users/${other.id}`, undefined, self))).toEqual([403, 'FORBIDDEN']);
    expect(refusal(await send('PUT', `/v1/users/${other.id}`, { first_name: 'x' }, self))).toEqual([403, 'FORBIDDEN']);
  });

  it('keeps its e-mail even for those who may change users', async () => {
    const admin = await create({ role_id: 1 });
    const self = await keyOf(admin.id);
    const refused = await send('PUT', `/v1/users/${admin.id}`, { email: nextEmail() }, self);
    expect(refusal(refused)).toEqual([403, 'EMAIL_READ_ONLY']);
  });
});

it('the catalogue has its 57 permissions and more in groups', async () => {
  const groups = (await send('GET', '/v1/permissions')).json.data;
  const names = groups.flatMap((group: { permissions: { code_name: string }[] }) =>
    group.permissions.map((one) => one.code_name),
  );
  expect(names).toEqual(ALL_PERMISSIONS);
  expect(groups.map((group: { group: string }) => group.group).slice(0, 6)).toEqual([
    'Core Analytics',
    'Advanced Analytics',
    'Platform Management',
    'User Management',
    'Data Management',
    'Reporting',
  ]);
});
