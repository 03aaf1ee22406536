import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, type Accounts, createAccounts } from '../../test/http/accounts.ts';
import { call, createTestDatabase, type TestDatabase } from '../../test/http/harness.ts';
import { deliverMail, tokenOf } from '../../test/http/mailbox.ts';

let database: TestDatabase;
let people: Accounts;
let count = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createAccounts(database);
});
afterAll(() => database?.drop());

const HERS = 'nanosecond wire on the desk';
const guest = () => `guest${++count}@example.com`;
const invite = (by: Account, body: object) => people.as(by.token, 'POST', '/api/v1/team/invite', { body });
const accept = (token: string, body: object = { name: 'Grace Brewster Hopper', password: HERS }) =>
  people.post(`/api/v1/team/invitations/${token}/accept`, body);
const list = async (by: Account, query = '') =>
  (await people.as(by.token, 'GET', `/api/v1/team/invitations${query}`)).json.data;

async function mailsTo(admin: Account, email: string): Promise<{ text: string; subject: string }[]> {
  await deliverMail(database, people.now);
  return (await people.as(admin.token, 'GET', `/api/v1/outbox?to=${email}`)).json.data;
}
async function invited(role = 'user') {
  const admin = await people.register();
  const email = guest();
  const { status, json, text } = await invite(admin, { email, role });
  expect(status, text).toBe(201);
  return { admin, email, id: json.data.id as string, answer: text };
}
const processes = (id: string) => database.owner`
  select kind || coalesce(' ' || signal, '') || ' ' || generation as command from process_commands
  where entity_id = ${id} order by id`;

describe('an invitation', () => {
  it('reaches its person by mail alone, and makes them a member of the team once they accept', async () => {
    const { admin, email, id, answer } = await invited();
    expect(await list(admin)).toMatchObject([{ id, email, role: 'user', status: 'pending', invitedBy: admin.userId }]);
    const [mail, ...more] = await mailsTo(admin, email);
    expect([mail!.subject, more.length]).toEqual(['Join Acme', 0]);
    const token = tokenOf(mail!);
    expect(answer).not.toContain(token);
    const { status, json } = await accept(token);
    expect(status).toBe(201);
    expect(json.data).toMatchObject({
      user: { email, firstName: 'Grace', lastName: 'Brewster Hopper', role: 'user' },
      organization: { id: admin.organizationId },
      expiresIn: 900,
    });
    expect((await people.as(json.data.token, 'GET', '/api/v1/auth/me')).json.data.user.email).toBe(email);
    expect((await people.login(email, HERS)).status).toBe(200);
    expect(await list(admin, '?status=accepted')).toMatchObject([{ id, acceptedUserId: json.data.user.id }]);
    expect((await processes(id)).map((row) => row.command)).toEqual(['start 1', 'signal invitationChanged 1']);
    const [event] = await database.owner`
      select data from domain_events where type = 'team.invitation_accepted' and entity_id = ${id}`;
    expect(event!.data).toEqual({ invitationId: id, userId: json.data.user.id, role: 'user' });
    const created = await database.owner`
      select data from domain_events where type = 'user.created' and entity_id = ${json.data.user.id}`;
    expect(created).toEqual([{ data: { userId: json.data.user.id } }]);
    const { user, permissions } = (await people.as(json.data.token, 'GET', '/api/v1/auth/me')).json.data;
    expect([user.teamId, permissions.includes('users.edit')]).toEqual([expect.any(String), false]);
  });

  it('into a team that is deleted meanwhile leads into the one that takes its members', async () => {
    const admin = await people.register();
    const as = (method: string, path: string, body?: object) =>
      people.as(admin.token, method, path, { body, headers: { 'x-tenant-id': admin.organizationId } });
    const team = (await as('POST', '/v1/teams', { name: 'Short-lived' })).json.data;
    const [first] = (await as('GET', '/v1/teams')).json.data.filter((one: { number: number }) => one.number === 1);
    const email = guest();
    expect((await invite(admin, { email, role: 'user', teamId: team.id })).status).toBe(201);
    const token = tokenOf((await mailsTo(admin, email))[0]!);
    expect((await as('DELETE', `/v1/teams/${team.id}?transfer_to=1`)).status).toBe(200);
    expect((await accept(token)).json.data.user.teamId).toBe(first.id);
  });

  it('is accepted once, also when its link is used many times at once', async () => {
    const { admin, email } = await invited();
    const token = tokenOf((await mailsTo(admin, email))[0]!);
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const again = await accept(token);
    expect([again.status, again.json.error.code]).toEqual([409, 'INVITATION_ACCEPTED']);
    const [members] = await database.owner`select count(*)::int as n from users where email = ${email}`;
    expect(members!.n).toBe(1);
  });

  it('expires, and begins anew when it is sent again; the old link works, too', async () => {
    const { admin, email, id } = await invited();
    const old = tokenOf((await mailsTo(admin, email))[0]!);
    people.later(72 * 3_600);
    const late = await accept(old);
    expect([late.status, late.json.error.code]).toEqual([400, 'INVITATION_EXPIRED']);
    const { token } = (await people.login(admin.email)).json.data;
    const again = { ...admin, token };
    expect(await list(again)).toEqual([]);
    expect(await list(again, '?status=expired')).toMatchObject([{ id, status: 'expired' }]);
    const resent = await people.as(token, 'POST', `/api/v1/team/invitations/${id}/resend`);
    expect(resent.json.data).toMatchObject({ id, status: 'pending' });
    expect(await mailsTo(again, email)).toHaveLength(2);
    expect((await processes(id)).map((row) => row.command)).toEqual([
      'start 1',
      'signal invitationChanged 1',
      'start 2',
    ]);
    expect((await accept(old)).status).toBe(201);
  });

  it('that is revoked has no working link, leaves no mail behind it, and is not sent again', async () => {
    const { admin, email, id } = await invited();
    const token = tokenOf((await mailsTo(admin, email))[0]!);
    const path = `/api/v1/team/invitations/${id}`;
    await people.as(admin.token, 'POST', `${path}/resend`);
    for (let i = 0; i < 2; i++) {
      expect((await people.as(admin.token, 'DELETE', path)).json.data.status).toBe('revoked');
    }
    expect(await mailsTo(admin, email)).toHaveLength(1);
    const [send] = await database.owner`
      select state, suppressed_by from sends where subject_id = ${id} order by id desc limit 1`;
    expect(send).toEqual({ state: 'suppressed', suppressed_by: 'invitation_closed' });
    expect((await accept(token)).json.error.code).toBe('INVITATION_REVOKED');
    expect((await people.as(admin.token, 'POST', `${path}/resend`)).status).toBe(409);
  });

  it('is sent once to one address, and not to members', async () => {
    const { admin, email, id } = await invited();
    const twice = await invite(admin, { email: email.toUpperCase() });
    expect([twice.status, twice.json.error.code, twice.json.error.details.existingId]).toEqual([
      409,
      'INVITATION_EXISTS',
      id,
    ]);
    const member = await invite(admin, { email: admin.email });
    expect([member.status, member.json.error.code]).toEqual([409, 'USER_EXISTS']);
  });

  it('to somebody with an account elsewhere is refused only to whoever holds its link', async () => {
    const other = await people.register();
    const admin = await people.register();
    expect((await invite(admin, { email: other.email })).status).toBe(201);
    const token = tokenOf((await mailsTo(admin, other.email))[0]!);
    const answer = await accept(token);
    expect([answer.status, answer.json.error.code]).toEqual([409, 'EMAIL_TAKEN']);
    expect(await list(admin)).toHaveLength(1);
  });

  it('gives nobody more than whoever sends it holds, and needs the permission', async () => {
    const { admin, email } = await invited('viewer');
    const viewer = (await accept(tokenOf((await mailsTo(admin, email))[0]!))).json.data;
    const refused = await invite({ ...admin, token: viewer.token }, { email: guest() });
    expect(refused.status).toBe(403);
    const [role] = await database.owner`
      insert into roles (organization_id, name, permissions, base_level)
      values (${admin.organizationId}, 'Recruiter', '{users.view,users.create}', 'user') returning id`;
    await database.owner`update users set role_id = ${role!.id}, role = 'user' where id = ${viewer.user.id}`;
    const { token } = (await people.login(email, HERS)).json.data;
    const beyond = await invite({ ...admin, token }, { email: guest(), role: 'admin' });
    expect([beyond.status, beyond.json.error.code]).toEqual([403, 'ROLE_BEYOND_OWN']);
  });

  it('refuses a link that was made up, a weak password, and names that are missing or doubled', async () => {
    const { admin, email } = await invited();
    const token = tokenOf((await mailsTo(admin, email))[0]!);
    expect((await accept('made-up')).status).toBe(404);
    for (const body of [
      { name: 'Grace', password: 'password1' },
      { password: HERS },
      { name: 'Grace', firstName: 'Grace', password: HERS },
      { name: 'Grace\r\nBcc: eve@evil.example', password: HERS },
    ]) {
      expect((await accept(token, body)).status, JSON.stringify(body)).toBe(400);
    }
    expect((await accept(token, { firstName: 'Grace', password: HERS })).status).toBe(201);
  });

  it('is not seen by other organizations, and its link is in no log', async () => {
    const logs: string[] = [];
    const { admin, email, id } = await invited();
    const other = await people.register();
    const path = `/api/v1/team/invitations/${id}`;
    expect((await people.as(other.token, 'DELETE', path)).status).toBe(404);
    expect((await people.as(other.token, 'POST', `${path}/resend`)).status).toBe(404);
    const token = tokenOf((await mailsTo(admin, email))[0]!);
    const logged = people.appWith({ logs });
    const body = { name: 'Grace', password: HERS };
    await call(logged, null, 'POST', `/api/v1/team/invitations/${token}/accept`, { body });
    expect(logs).toHaveLength(1);
    expect(logs[0]).toContain('/api/v1/team/invitations/{token}/accept');
    expect(logs[0]).not.toContain(token);
  });
});
