import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, type Accounts, createAccounts, PASSWORD } from '../../test/http/accounts.ts';
import { call, createTestDatabase, type TestDatabase, testMailing } from '../../test/http/harness.ts';
import { deliverMail, tokenOf } from '../../test/http/mailbox.ts';

let database: TestDatabase;
let people: Accounts;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createAccounts(database);
});
afterAll(() => database?.drop());

const NEW_PASSWORD = 'four words by chance';
const forgot = (email: string) => people.post('/api/v1/auth/forgot-password', { email });
const reset = (token: string, password = NEW_PASSWORD) =>
  people.post('/api/v1/auth/reset-password', { token, password });

async function mailsTo(account: Account): Promise<{ text: string; subject: string; to: unknown; id: string }[]> {
  await deliverMail(database, people.now);
  const { token } = (await people.login(account.email)).json.data ?? { token: account.token };
  const { json } = await people.as(token, 'GET', `/api/v1/outbox?to=${account.email.toUpperCase()}`);
  return json.data;
}

describe('a forgotten password', () => {
  it('is answered alike for everybody, and mailed to those who have an account alone', async () => {
    const account = await people.register();
    const gone = await people.register();
    await database.owner`update users set status = 'inactive' where id = ${gone.userId}`;
    const answers = [await forgot(account.email), await forgot('nobody@example.com'), await forgot(gone.email)];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(200);
    const [mail, ...more] = await mailsTo(account);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: [{ email: account.email, name: 'Ada' }], subject: 'Set a new password for Acme' });
    const [left] = await database.owner`select count(*)::int as n from password_reset_requests`;
    const [sent] =
      await database.owner`select count(*)::int as n from sends where organization_id = ${gone.organizationId}`;
    expect([left!.n, sent!.n]).toEqual([0, 0]);
    expect(JSON.stringify(answers)).not.toContain(tokenOf(mail!));
  });

  it('is set anew by the link, once, which ends every session and every rest', async () => {
    const account = await people.register();
    for (let i = 0; i < 11; i++) await people.login(account.email, `guess ${i}`);
    expect((await people.login(account.email)).status).toBe(429);
    await forgot(account.email);
    const [mail] = await mailsTo(account);
    const token = tokenOf(mail!);
    const weak = await reset(token, 'password1');
    expect([weak.status, weak.json.error.details.field]).toEqual([400, 'password']);
    expect((await reset(token)).status).toBe(200);
    const again = await reset(token);
    expect([again.status, again.json.error.code]).toEqual([409, 'TOKEN_USED']);
    expect((await people.post('/api/v1/auth/refresh', { refreshToken: account.refreshToken })).status).toBe(401);
    expect((await people.login(account.email, NEW_PASSWORD)).status).toBe(200);
    expect((await people.login(account.email, PASSWORD)).status).toBe(401);
  });

  it('has a link that works once, also when it is used many times at once', async () => {
    const account = await people.register();
    await forgot(account.email);
    const token = tokenOf((await mailsTo(account))[0]!);
    const statuses = (await Promise.all(Array.from({ length: 5 }, () => reset(token)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it('has a link that ends after an hour, and that nobody can make up', async () => {
    const account = await people.register();
    await forgot(account.email);
    const token = tokenOf((await mailsTo(account))[0]!);
    people.later(3_601);
    const late = await reset(token);
    expect([late.status, late.json.error.code]).toEqual([400, 'TOKEN_EXPIRED']);
    const madeUp = await reset('tq3mZ0bq1oXo9m7kq4m1v8mJpCw7d1mYl2a6s9fGh0k');
    expect([madeUp.status, madeUp.json.error.code]).toEqual([400, 'INVALID_TOKEN']);
  });

  it('fills nobody’s mailbox: at most three links are open', async () => {
    const account = await people.register();
    for (let i = 0; i < 8; i++) await forgot(account.email);
    expect(await mailsTo(account)).toHaveLength(3);
  });

  it('is mailed once, also when a worker dies between the mail and the end of the request', async () => {
    const account = await people.register();
    await forgot(account.email);
    const [request] = await database.owner`select * from password_reset_requests`;
    await deliverMail(database, people.now);
    await database.owner`insert into password_reset_requests ${database.owner(request!)}`;
    expect(await mailsTo(account)).toHaveLength(1);
  });

  it('is refused clearly where no mail can be sent', async () => {
    const mute = people.appWith({ tools: { mailing: { ...testMailing, transport: null } } });
    const answer = await call(mute, null, 'POST', '/api/v1/auth/forgot-password', { body: { email: 'a@b.example' } });
    expect([answer.status, answer.json.error.code]).toEqual([503, 'MAIL_NOT_CONFIGURED']);
  });
});

describe('the outbox', () => {
  it('shows mails with links to administrators of the organization alone', async () => {
    const [account, other] = [await people.register(), await people.register()];
    await forgot(account.email);
    const [mail] = await mailsTo(account);
    const path = `/api/v1/outbox/${mail!.id}`;
    expect((await people.as(account.token, 'GET', path)).json.data).toEqual(mail);
    expect((await people.as(other.token, 'GET', path)).status).toBe(404);
    expect((await people.as(other.token, 'GET', '/api/v1/outbox')).json.data).toEqual([]);
    await database.owner`update users set role = 'user', role_id = null where id = ${account.userId}`;
    const { token } = (await people.login(account.email)).json.data;
    expect((await people.as(token, 'GET', path)).status).toBe(404);
    expect((await people.as(token, 'GET', '/api/v1/outbox')).json.pagination.total).toBe(0);
  });
});
