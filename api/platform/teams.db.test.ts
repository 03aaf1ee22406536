import { describe, expect, it } from 'vitest';
import { openApi } from '../../test/http/api.ts';
import { createOrganization } from '../../test/http/harness.ts';

const { database, organization, send } = await openApi();
const create = async (path: string, body: object, as = organization) => {
  const answer = await send('POST', path, body, as);
  expect([answer.status, answer.json.error]).toEqual([201, undefined]);
  return answer.json.data;
};
const addTeam = (name: string, extra: object = {}, as = organization) => create('/v1/teams', { name, ...extra }, as);
const addUser = (extra: object = {}, as = organization) =>
  create('/v1/users', { first_name: 'P', email: `${crypto.randomUUID()}@example.com`, ...extra }, as);
const memberIds = async (teamId: string, query = '', as = organization) =>
  (await send('GET', `/v1/teams/${teamId}/members${query}`, undefined, as)).json.data
    .map((one: { id: string }) => one.id)
    .sort();

describe('a team', () => {
  it('is created with its vendor, read by id and number, changed under its ETag, and listed with those inside it', async () => {
    const own = await createOrganization(database);
    const vendor = await create('/v1/vendors', { code: 'convin', name: 'Convin' }, own);
    const team = await addTeam('Voice', { description: 'd', vendor_id: vendor.id, settings: { anyKey: 1 } }, own);
    expect(team).toMatchObject({
      number: 2,
      vendor: { code: 'convin' },
      parent: null,
      members: 0,
      settings: { anyKey: 1 },
    });
    const inner = await addTeam('Nights', { parent_team_id: 2 }, own);
    await addUser({ team_id: team.id }, own);
    await addUser({ team_id: inner.id }, own);
    const read = (await send('GET', '/v1/teams/2', undefined, own)).json.data;
    expect(read).toMatchObject({
      id: team.id,
      members: 1,
      total_members: 2,
      sub_teams: [{ id: inner.id, members: 1 }],
      people: [{ status: 'active' }],
    });
    const stale = await send('PUT', '/v1/teams/2', { name: 'x' }, own, { 'if-match': '"7"' });
    expect(stale.status).toBe(412);
    const changed = (await send('PUT', '/v1/teams/2', { name: 'Voices', vendor_id: null }, own)).json.data;
    expect(changed).toMatchObject({ name: 'Voices', vendor: null, description: 'd', settings: { anyKey: 1 } });
    const { data, pagination } = (await send('GET', '/v1/teams', undefined, own)).json;
    expect(data.map((one: { name: string }) => one.name)).toEqual(['General', 'Voices']);
    expect(data[1].sub_teams).toMatchObject([{ name: 'Nights' }]);
    expect(pagination.total).toBe(2);
    expect((await send('GET', '/v1/teams?q=night', undefined, own)).json.data).toHaveLength(1);
    const [row] = await database.owner`select vendor_id from teams where id = ${team.id}`;
    expect(row!.vendor_id).toBeNull();
  });

  it('has two levels and never three, whatever is moved where', async () => {
    const outer = await addTeam('Outer');
    const inner = await addTeam('Inner', { parent_team_id: outer.id });
    const other = await addTeam('Other');
    const refused = async (method: string, path: string, body: object) => {
      const { status, json } = await send(method, path, body);
      expect([status, json.details?.field]).toEqual([400, 'parent_team_id']);
    };
    await refused('POST', '/v1/teams', { name: 'Third', parent_team_id: inner.id });
    await refused('PUT', `/v1/teams/${outer.id}`, { parent_team_id: other.id });
    await refused('PUT', `/v1/teams/${outer.id}`, { parent_team_id: outer.id });
    await refused('PUT', `/v1/teams/${other.id}`, { parent_team_id: inner.id });
    await refused('POST', '/v1/teams', { name: 'Lost', parent_team_id: 99 });
    expect((await send('PUT', `/v1/teams/${inner.id}`, { parent_team_id: null })).json.data.parent).toBeNull();
    // Two moves that are each allowed, and together are not.
    const both = await Promise.all([
      send('PUT', `/v1/teams/${outer.id}`, { parent_team_id: other.id }),
      send('PUT', `/v1/teams/${other.id}`, { parent_team_id: inner.id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('takes people out of the team they were in: everybody is in one', async () => {
    const [one, two] = [await addTeam('One'), await addTeam('Two')];
    const [a, b] = [await addUser({ team_id: one.id }), await addUser()];
    const added = (await send('POST', `/v1/teams/${two.id}/members`, { user_ids: [a.id, b.id, a.id] })).json.data;
    expect(added).toEqual({
      team_id: two.id,
      added: [
        { user_id: a.id, previous_team_id: one.id },
        { user_id: b.id, previous_team_id: null },
      ],
      unchanged: [],
    });
    expect((await send('POST', `/v1/teams/${two.id}/members`, { user_ids: [a.id] })).json.data.unchanged).toEqual([
      a.id,
    ]);
    expect([await memberIds(one.id), await memberIds(two.id)]).toEqual([[], [a.id, b.id].sort()]);
    const ghost = await send('POST', `/v1/teams/${two.id}/members`, { user_ids: [a.id, crypto.randomUUID()] });
    expect([ghost.status, ghost.json.details.field]).toEqual([400, 'user_ids.1']);
    expect((await send('DELETE', `/v1/teams/${one.id}/members/${a.id}`)).status).toBe(404);
    expect((await send('DELETE', `/v1/teams/${two.id}/members/${a.id}`)).json.data.user_id).toBe(a.id);
    expect((await send('GET', `/v1/users/${a.id}`)).json.data.team).toBeNull();
  });

  it('lists its members alone or with the teams inside it', async () => {
    const outer = await addTeam('Out');
    const inner = await addTeam('In', { parent_team_id: outer.id });
    const [a, b] = [await addUser({ team_id: outer.id }), await addUser({ team_id: inner.id })];
    expect(await memberIds(outer.id)).toEqual([a.id]);
    expect(await memberIds(outer.id, '?include_sub_teams=true')).toEqual([a.id, b.id].sort());
  });

  it('of another organization is not found', async () => {
    const team = await addTeam('Secret');
    const stranger = await createOrganization(database);
    const user = await addUser({}, stranger);
    for (const [method, path, body] of [
      ['GET', ''],
      ['PUT', '', { name: 'z' }],
      ['DELETE', ''],
      ['GET', '/members'],
      ['POST', '/members', { user_ids: [user.id] }],
      ['DELETE', `/members/${user.id}`],
    ] as const) {
      expect((await send(method, `/v1/teams/${team.id}${path}`, body, stranger)).status).toBe(404);
    }
    const vendor = await create('/v1/vendors', { code: 'v', name: 'V' });
    const foreign = await send('POST', '/v1/teams', { name: 'x', vendor_id: vendor.id }, stranger);
    expect([foreign.status, foreign.json.details.field]).toEqual([400, 'vendor_id']);
  });
});

describe('deleting a team', () => {
  const full = async (as = organization) => {
    const team = await addTeam('Full', {}, as);
    const inner = await addTeam('Full inside', { parent_team_id: team.id }, as);
    const user = await addUser({ team_id: team.id }, as);
    const agent = await create('/v1/agents', { external_id: crypto.randomUUID(), team_id: team.id }, as);
    return { team, inner, user, agent };
  };

  it('moves members, agents and the teams inside it, named as a parameter or in the body', async () => {
    const { team, inner, user, agent } = await full();
    const refused = await send('DELETE', `/v1/teams/${team.id}`);
    expect([refused.status, refused.json.code, refused.json.details]).toEqual([
      409,
      'TEAM_NOT_EMPTY',
      { members: 1, agents: 1, sub_teams: 1 },
    ]);
    const target = await addTeam('Target');
    const deleted = await send('DELETE', `/v1/teams/${team.id}?transfer_to=${target.number}`);
    expect(deleted.json.data).toEqual({
      id: team.id,
      transferred_to: target.id,
      members_moved: 1,
      agents_moved: 1,
      sub_teams_moved: 1,
    });
    expect((await send('GET', `/v1/users/${user.id}`)).json.data.team.id).toBe(target.id);
    expect((await send('GET', `/v1/agents/${agent.id}`)).json.data.team_id).toBe(target.id);
    expect((await send('GET', `/v1/teams/${inner.id}`)).json.data.parent.id).toBe(target.id);
    expect((await send('GET', `/v1/teams/${team.id}`)).status).toBe(404);
    const other = await addTeam('Other target');
    const again = await send('DELETE', `/v1/teams/${target.id}`, { transfer_to_team_id: other.id });
    expect(again.json.data).toMatchObject({ members_moved: 1, sub_teams_moved: 1 });
    const twice = await send('DELETE', `/v1/teams/${other.id}?transfer_to=1`, { transfer_to_team_id: 1 });
    expect(twice.status).toBe(400);
  });

  it('needs a target that can take them', async () => {
    const { team, inner } = await full();
    const elsewhere = await addTeam('Elsewhere');
    const second = await addTeam('Second level', { parent_team_id: elsewhere.id });
    for (const target of [team.id, inner.id, second.id, crypto.randomUUID()]) {
      const refused = await send('DELETE', `/v1/teams/${team.id}?transfer_to=${target}`);
      expect([refused.status, refused.json.details.field]).toEqual([400, 'transfer_to']);
    }
  });

  it('takes it out of the roles that were limited to it', async () => {
    const [gone, kept] = [await addTeam('Gone'), await addTeam('Kept')];
    const body = { name: 'Limited', permissions: ['users.view'], allowed_team_ids: [gone.id, kept.id] };
    const role = await create('/v1/roles', body);
    await send('DELETE', `/v1/teams/${gone.id}`);
    expect((await send('GET', `/v1/roles/${role.id}`)).json.data.allowed_team_ids).toEqual([kept.id]);
    await send('DELETE', `/v1/teams/${kept.id}`);
    expect((await send('GET', `/v1/roles/${role.id}`)).json.data.allowed_team_ids).toEqual([]);
  });

  it('leaves nobody behind who joins at the same moment', async () => {
    const own = await createOrganization(database);
    for (let round = 0; round < 5; round++) {
      const team = await addTeam('Leaving', {}, own);
      const users = await Promise.all(Array.from({ length: 3 }, () => addUser({}, own)));
      await Promise.all([
        ...users.map(({ id }) => send('POST', `/v1/teams/${team.id}/members`, { user_ids: [id] }, own)),
        send('DELETE', `/v1/teams/${team.id}?transfer_to=1`, undefined, own),
        send(
          'POST',
          '/v1/users',
          { first_name: 'J', email: `${crypto.randomUUID()}@example.com`, team_id: team.id },
          own,
        ),
        send('POST', '/v1/teams', { name: 'Inside', parent_team_id: team.id }, own),
      ]);
      const [left] = await database.owner`
        select (select count(*)::int from users where team_id = ${team.id} and deleted_at is null)
             + (select count(*)::int from teams where parent_team_id = ${team.id} and deleted_at is null) as count,
               (select deleted_at is not null from teams where id = ${team.id}) as gone`;
      expect(left).toEqual({ count: 0, gone: true });
    }
  });
});
