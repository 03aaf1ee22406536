import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  createTestApp,
  createTestDatabase,
  TEST_JWT_SECRET,
  type TestDatabase,
} from '../../test/http/harness.ts';
import { ENDPOINTS } from '../endpoints.ts';

let database: TestDatabase;
let app: Hono;
const now = new Date('2026-06-30T12:00:00Z');
const seconds = now.getTime() / 1000;
let account: { token: string; organizationId: string; userId: string; sessionId: string };
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => now });
  const { json } = await call(app, null, 'POST', '/api/v1/auth/register', {
    body: {
      organizationName: 'Acme',
      firstName: 'Ada',
      email: 'ada@acme.example',
      password: 'correct horse battery staple',
    },
  });
  const { token, organization, user } = json.data;
  const sessionId = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).sid;
  account = { token, organizationId: organization.id, userId: user.id, sessionId };
});
afterAll(() => database?.drop());

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = { alg: 'HS256', typ: 'at+jwt' };
const claims = (change: object = {}) => ({
  iss: 'revloop',
  aud: 'revloop-api',
  sub: account.userId,
  tid: account.organizationId,
  sid: account.sessionId,
  jti: randomUUID(),
  iat: seconds,
  exp: seconds + 900,
  ...change,
});
function token(header: object = {}, change: object = {}, secret: string | Buffer = TEST_JWT_SECRET): string {
  const content = `${encode({ ...HEADER, ...header })}.${encode(claims(change))}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}
const without = (name: string) => token({}, { [name]: undefined });

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
function rsaToken(): string {
  const content = `${encode({ ...HEADER, alg: 'RS256' })}.${encode(claims())}`;
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
}

const FORGED: readonly (readonly [string, () => string])[] = [
  ['alg none', () => `${encode({ ...HEADER, alg: 'none' })}.${encode(claims())}.`],
  ['alg None with a signature', () => token({ alg: 'None' })],
  ['alg HS512', () => token({ alg: 'HS512' })],
  ['a signature by RSA', rsaToken],
  ['HS256 over a public key', () => token({}, {}, publicKey.export({ type: 'spki', format: 'pem' }) as string)],
  ['another secret', () => token({}, {}, 'another secret of more than 32 characters')],
  ['an empty secret', () => token({}, {}, '')],
  ['an unknown crit', () => token({ crit: ['x'], x: 1 })],
  [
    'a key of its own (jwk)',
    () => token({ jwk: publicKey.export({ format: 'jwk' }) }, {}, 'a key that it brought itself'),
  ],
  ['a key from elsewhere (jku)', () => token({ jku: 'http://127.0.0.1:1/keys' }, {}, 'a key from somewhere else')],
  ['a path as kid', () => token({ kid: '../../dev/null' }, {}, '')],
  ['the type of an id token', () => token({ typ: 'JWT' })],
  ['no type', () => token({ typ: undefined })],
  ['no exp', () => without('exp')],
  ['no sub', () => without('sub')],
  ['no tid', () => without('tid')],
  ['no sid', () => without('sid')],
  ['an exp in the past', () => token({}, { exp: seconds - 31 })],
  ['an exp that is no number', () => token({}, { exp: 'tomorrow' })],
  ['an nbf in the future', () => token({}, { nbf: seconds + 120 })],
  ['another audience', () => token({}, { aud: 'somebody-else' })],
  ['another issuer', () => token({}, { iss: 'somebody-else' })],
  ['an organization that is no id', () => token({}, { tid: "' or 1=1" })],
  ['another organization', () => token({}, { tid: randomUUID() })],
  ['another person', () => token({}, { sub: randomUUID() })],
  ['another session', () => token({}, { sid: randomUUID() })],
  ['a changed claim', () => account.token.replace(/\.[^.]+\./, `.${encode(claims({ sub: randomUUID() }))}.`)],
  ['a cut signature', () => account.token.slice(0, -4)],
  ['no signature', () => `${account.token.split('.').slice(0, 2).join('.')}.`],
  ['four parts', () => `${account.token}.x`],
  ['no JSON inside', () => 'aaaa.bbbb.cccc'],
  ['a megabyte', () => `${encode(HEADER)}.${'a'.repeat(1_000_000)}.x`],
];

describe('an access token', () => {
  it('of ours is taken on both faces, by itself and within the tolerance of its end', async () => {
    const tenant = { 'x-tenant-id': account.organizationId };
    for (const mine of [account.token, token(), token({}, { exp: seconds - 20 })]) {
      const headers = { authorization: `Bearer ${mine}` };
      expect((await call(app, null, 'GET', '/api/v1/auth/me', { headers })).status).toBe(200);
      expect((await call(app, null, 'GET', '/v1/vendors', { headers: { ...headers, ...tenant } })).status).toBe(200);
    }
  });

  it.each(FORGED)('with %s is refused, with the same answer', async (_, make) => {
    for (const path of ['/api/v1/auth/me', '/v1/vendors']) {
      const headers = { authorization: `Bearer ${make()}`, 'x-tenant-id': account.organizationId };
      const { status, json } = await call(app, null, 'GET', path, { headers });
      const code = json.code ?? json.error.code;
      expect([status, code], path).toEqual([401, 'UNAUTHORIZED']);
    }
  });

  it('in the query or in a cookie is none', async () => {
    const cookie = { cookie: `token=${account.token}` };
    expect((await call(app, null, 'GET', '/api/v1/auth/me', { headers: cookie })).status).toBe(401);
    expect((await call(app, null, 'GET', `/api/v1/auth/me?access_token=${account.token}`)).status).toBe(401);
  });
});
