import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPasswords, type Passwords } from '../../services/platform/auth/index.ts';
import { type Accounts, createAccounts, PASSWORD } from '../../test/http/accounts.ts';
import { call, createTestDatabase, type TestDatabase } from '../../test/http/harness.ts';

let database: TestDatabase;
let people: Accounts;
beforeAll(async () => {
  database = await createTestDatabase();
  people = createAccounts(database);
});
afterAll(() => database?.drop());

describe('registering', () => {
  it('makes an organization with its roles, its first team and its administrator, on /v1', async () => {
    const { status, json } = await people.post('/v1/users/register', {
      organization_name: 'Acme Rockets',
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'Ada@Acme.example',
      password: PASSWORD,
    });
    expect(status).toBe(201);
    expect(json.data).toMatchObject({
      user: { email: 'Ada@Acme.example', first_name: 'Ada', last_name: 'Lovelace', role: 'admin' },
      organization: { name: 'Acme Rockets', plan: 'free' },
      token_type: 'Bearer',
      expires_in: 900,
    });
    expect(json.data.token).toBe(json.data.access_token);
    const tenant = { 'x-tenant-id': json.data.organization.id };
    const vendor = await people.as(json.data.token, 'POST', '/v1/vendors', {
      headers: tenant,
      body: { code: 'convin', name: 'Convin' },
    });
    expect(vendor.status).toBe(201);
    const [row] = await database.owner`
      select (select count(*)::int from roles where organization_id = o.id) as roles,
             (select array_agg(number) from teams where organization_id = o.id) as teams
      from organizations o where id = ${json.data.organization.id}`;
    expect(row).toEqual({ roles: 4, teams: [1] });
  });

  it('refuses an address that is taken, in whatever case and organization, and keeps nothing', async () => {
    const { email } = await people.register();
    const [before] = await database.owner`select count(*)::int as n from organizations`;
    const body = { organizationName: 'Other', firstName: 'Eve', email: email.toUpperCase(), password: PASSWORD };
    const again = await people.post('/api/v1/auth/register', body);
    expect([again.status, again.json.error.code]).toEqual([409, 'EMAIL_TAKEN']);
    const [after] = await database.owner`select count(*)::int as n from organizations`;
    expect(after).toEqual(before);
  });

  it.each([
    ['a common password', { password: 'Password1!' }, 'password'],
    ['a short password', { password: 'x7#Kq9!' }, 'password'],
    ['a password made of its own words', { password: 'Grace-Hopper-2026' }, 'password'],
    ['an address that is none', { email: 'grace@' }, 'email'],
    ['a line break in a name', { firstName: 'Grace\r\nBcc: eve@evil.example' }, 'firstName'],
    ['a line break in an address', { email: 'a@b.example\r\nBcc: eve@evil.example' }, 'email'],
    ['an unknown field', { role: 'admin' }, 'role'],
  ])('refuses %s', async (_, change, field) => {
    const good = { organizationName: 'Navy', firstName: 'Grace', lastName: 'Hopper', email: 'g@navy.example' };
    const { status, json, text } = await people.post('/api/v1/auth/register', {
      ...good,
      password: PASSWORD,
      ...change,
    });
    expect([status, json.error.details.field]).toEqual([400, field]);
    if (field === 'password') expect(text).not.toContain(Object.values(change)[0]);
  });
});

describe('signing in', () => {
  it('works on both faces with one account, /v1 naming the organization', async () => {
    const { email, organizationId } = await people.register();
    const body = { email: email.toUpperCase(), password: PASSWORD };
    const b = await people.post('/api/v1/auth/login', body);
    expect(b.status).toBe(200);
    expect(b.json.data).toMatchObject({ expiresIn: 900, user: { email }, organization: { id: organizationId } });
    const a = await people.post('/v1/users/login', body, { 'x-tenant-id': organizationId });
    expect(a.status).toBe(200);
    expect(a.json.data).toMatchObject({ expires_in: 900, user: { email } });
    const nowhere = await people.post('/v1/users/login', body);
    expect([nowhere.status, nowhere.json.code]).toEqual([400, 'TENANT_REQUIRED']);
    expect((await people.as(a.json.data.token, 'GET', '/api/v1/auth/me')).json.data).toMatchObject({
      user: { email },
      credential: 'session',
    });
  });

  it('answers every wrong attempt alike, with one argon2 verification each', async () => {
    const { email } = await people.register();
    const gone = await people.register();
    const other = await people.register();
    await database.owner`update users set status = 'inactive' where email = ${gone.email}`;
    const attempts: [string, unknown, Record<string, string>?][] = [
      ['wrong password', { email, password: 'not the right one' }],
      ['unknown address', { email: 'nobody@example.com', password: PASSWORD }],
      ['inactive person', { email: gone.email, password: PASSWORD }],
      ['another organization', { email, password: PASSWORD }, { 'x-tenant-id': other.organizationId }],
    ];
    const answers = [];
    for (const [name, body, headers] of attempts) {
      const before = people.work.verify;
      const { status, json } = await people.post('/api/v1/auth/login', body, headers);
      answers.push({ status, error: { ...json.error, requestId: '' } });
      expect(people.work.verify - before, name).toBe(1);
    }
    expect(answers[0]).toMatchObject({ status: 401, error: { code: 'INVALID_CREDENTIALS' } });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await people.flush();
    const rows = await database.owner`
      select outcome, count(*)::int as n from audit_logs where action = 'auth.sign_in_failed' group by outcome`;
    expect(rows).toEqual([{ outcome: 'denied', n: 3 }]);
  });

  it('takes about the same time for an address that exists and for one that does not', async () => {
    const time = async (email: string) => {
      const start = performance.now();
      await people.post('/api/v1/auth/login', { email, password: 'not the right one' });
      return performance.now() - start;
    };
    const { email: warm } = await people.register();
    await time(warm);
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let round = 0; round < 9; round++) {
      const { email } = await people.register();
      known.push(await time(email));
      unknown.push(await time(`nobody${round}@example.com`));
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[4]!;
    console.info(`known ${median(known).toFixed(1)} ms, unknown ${median(unknown).toFixed(1)} ms`);
    expect(known.length + unknown.length).toBe(18);
  });

  it('rests after ten failures, known address or not, also when they come at once, and goes on after a while', async () => {
    const { email } = await people.register();
    for (const address of [email, 'guessed@example.com']) {
      const tries = Array.from({ length: 40 }, (_, i) =>
        people.post('/api/v1/auth/login', { email: address, password: `guess ${i}` }),
      );
      const statuses = (await Promise.all(tries)).map((answer) => answer.status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(10);
      expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    }
    const right = await people.post('/api/v1/auth/login', { email, password: PASSWORD });
    expect([right.status, right.json.error.code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(800);
    people.later(901);
    expect((await people.post('/api/v1/auth/login', { email, password: PASSWORD })).status).toBe(200);
  });

  it('starts to count again after a success', async () => {
    const { email } = await people.register();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 9; i++) await people.post('/api/v1/auth/login', { email, password: `guess ${i}` });
      expect((await people.post('/api/v1/auth/login', { email, password: PASSWORD })).status).toBe(200);
    }
  });

  it('is limited by address of the network', async () => {
    const strict = people.appWith({ rateLimits: { authPerMinute: 10 } });
    const statuses = [];
    for (let i = 0; i < 12; i++) {
      const body = { email: `p${i}@example.com`, password: 'whatever it is' };
      statuses.push((await call(strict, null, 'POST', '/api/v1/auth/login', { body })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  });

  it('refuses a password that was changed between the verification and the session', async () => {
    const { email } = await people.register();
    const racing = people.appWith({
      tools: {
        passwords: {
          ...createPasswords(),
          matches: async (...args: Parameters<Passwords['matches']>) => {
            const matches = await createPasswords().matches(...args);
            await database.owner`
              update user_credentials c set password_hash = 'another' from users u
              where u.id = c.user_id and u.email = ${email}`;
            return matches;
          },
        },
      },
    });
    const answer = await call(racing, null, 'POST', '/api/v1/auth/login', { body: { email, password: PASSWORD } });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'INVALID_CREDENTIALS']);
  });

  it('keeps passwords and tokens out of the log and out of stored answers', async () => {
    const logs: string[] = [];
    const { email } = await people.register();
    const logged = people.appWith({ logs });
    const login = (key: string) =>
      call(logged, null, 'POST', '/api/v1/auth/login', {
        body: { email, password: PASSWORD },
        headers: { 'idempotency-key': key },
      });
    const first = await login('sign-in-1');
    const again = await login('sign-in-1');
    expect([again.status, again.json.error.code]).toEqual([409, 'REPLAY_UNAVAILABLE']);
    const [stored] = await database.owner`select body from idempotency_keys where key = 'sign-in-1'`;
    expect(stored).toEqual({ body: null });
    expect(logs.length).toBe(2);
    for (const secret of [PASSWORD, first.json.data.token, first.json.data.refreshToken]) {
      expect(logs.join('')).not.toContain(secret);
    }
  });
});
