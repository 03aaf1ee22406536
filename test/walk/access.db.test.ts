import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { wireName } from '../../api/http/casing.ts';
import { type Endpoint, PREFIX } from '../../api/http/endpoint.ts';
import { ALL_PERMISSIONS, type Permission } from '../../domain/platform/permissions.rules.ts';
import { isView } from '../../domain/platform/roles.rules.ts';
import { addKey, type CallResult, call, type TestOrganization } from '../http/harness.ts';
import { forgedTokens } from './forged-tokens.ts';
import { ACCESS_CACHE_MS, type Actor, peopleOfRoles, registerPerson } from './people.ts';
import { inParallel, say } from './report.ts';
import { createWorld, WALK_NOW, type World } from './world.ts';

const counts = { endpoints: 0, decisions: 0, 'wrong credentials refused': 0 };
afterAll(() => say('Access', counts));

let world: World;
let organization: TestOrganization;
beforeAll(async () => {
  world = await createWorld();
  organization = await world.openOrganization();
});
afterAll(() => world?.close());

type Headers = Record<string, string | undefined>;

/** A request that cannot succeed for what it says, so that only the right to ask decides between 401, 403 and the rest. */
function ask(endpoint: Endpoint, headers: Headers, search = ''): Promise<CallResult> {
  const path = endpoint.path.replaceAll(/\{\w+\}/g, randomUUID());
  const query = endpoint.method === 'get' ? `${wireName(endpoint.face, 'nobodyKnows')}=1` : '';
  const joined = [query, search].filter(Boolean).join('&');
  return call(
    world.app,
    null,
    endpoint.method.toUpperCase(),
    `${PREFIX[endpoint.face]}${path}${joined ? `?${joined}` : ''}`,
    {
      ...(endpoint.method === 'get' ? {} : { text: '{' }),
      headers: { 'x-tenant-id': organization.organizationId, ...headers },
    },
  );
}

const codeOf = ({ json }: CallResult): unknown => json?.code ?? json?.error?.code;

async function keyWith(scopes: readonly Permission[]): Promise<Headers> {
  return { 'x-api-key': (await addKey(world.database, organization.organizationId, { scopes })).key };
}

/** Those that ask every endpoint, and by permission the two that tell it from all others. */
async function keyActors(): Promise<{ everywhere: Actor[]; about: Map<Permission, Actor[]> }> {
  const make = async (name: string, permissions: readonly Permission[]): Promise<Actor> => ({
    name,
    headers: await keyWith(permissions),
    permissions: new Set(permissions),
  });
  const allBut = (one: Permission) => ALL_PERMISSIONS.filter((name) => name !== one);
  const about = new Map<Permission, Actor[]>();
  for (const one of new Set(ENDPOINTS.flatMap(({ permission }) => permission ?? []))) {
    about.set(one, [
      await make(`a key with ${one} alone`, [one]),
      await make(`a key with everything but ${one}`, allBut(one)),
    ]);
  }
  const everywhere = [
    await make('a key that may everything', ALL_PERMISSIONS),
    await make('a key that may look', ALL_PERMISSIONS.filter(isView)),
    await make('a key that may ingest', ['data.ingest']),
    await make('a key without scopes', []),
  ];
  return { everywhere, about };
}

const isOwn = (endpoint: Endpoint): boolean => endpoint.credential === undefined;
const cases = ENDPOINTS.filter(isOwn).map((endpoint) => [endpoint.operationId, endpoint] as const);

describe('permissions', () => {
  let keys: Awaited<ReturnType<typeof keyActors>>;
  let people: readonly Actor[];
  beforeAll(async () => {
    keys = await keyActors();
    people = await peopleOfRoles(world);
  }, 60_000);

  it.each(cases)('decide who may call %s', async (_, endpoint) => {
    const { permission } = endpoint;
    const own = permission === null ? [] : keys.about.get(permission)!;
    const decisions = await inParallel(
      [...keys.everywhere, ...people, ...own],
      async ({ name, headers, permissions }) => {
        const answer = await ask(endpoint, headers);
        const refused = answer.status === 403 && codeOf(answer) === 'FORBIDDEN';
        const shouldRefuse = permission !== null && !permissions.has(permission);
        const isRight =
          refused === shouldRefuse &&
          (refused || (answer.status !== 401 && answer.status !== 403 && answer.status < 500));
        return isRight ? null : `${name}: ${answer.status} ${codeOf(answer)}`;
      },
    );
    counts.endpoints++;
    counts.decisions += decisions.length;
    expect(
      decisions.filter((wrong) => wrong !== null),
      `who lacks ${permission} gets a 403, everybody else does not`,
    ).toEqual([]);
  });
});

/** Credentials that open nothing, wherever they are presented. */
async function wrongCredentials(): Promise<[name: string, headers: Headers, search?: string][]> {
  const { key } = organization;
  const expired = await addKey(world.database, organization.organizationId, {
    expiresAt: new Date(WALK_NOW.getTime() - 1),
  });
  const revoked = await addKey(world.database, organization.organizationId);
  await world.database.owner`update api_keys set status = 'revoked' where id = ${revoked.keyId}`;
  const cut = key.slice(0, -1);
  const unsigned = (header: object, claims: object) =>
    `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const claims = { sub: randomUUID(), tid: organization.organizationId, exp: 4_102_444_800 };
  return [
    ['none', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['an unknown key', { 'x-api-key': `sk_live_${randomBytes(32).toString('hex')}` }],
    ['a key cut short', { 'x-api-key': cut }],
    ['a key with another last character', { 'x-api-key': `${cut}${key.endsWith('a') ? 'b' : 'a'}` }],
    ['an expired key', { 'x-api-key': expired.key }],
    ['a revoked key', { 'x-api-key': revoked.key }],
    ['a key in the URL', {}, `api_key=${key}&key=${key}&access_token=${key}&token=${key}`],
    ['a key as basic credentials', { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }],
    ['a key without a scheme', { authorization: key }],
    ['the id of an organization', { 'x-api-key': organization.organizationId }],
    ['a write key', { 'x-api-key': `wk_${randomBytes(16).toString('hex')}` }],
    ['a token without an algorithm', { authorization: `Bearer ${unsigned({ alg: 'none', typ: 'at+jwt' }, claims)}` }],
    ['a token of a megabyte', { authorization: `Bearer ${'x'.repeat(1_000_000)}.y.z` }],
    ['SQL', { 'x-api-key': "sk_live_' or '1'='1" }],
    ...(await wrongTokens()),
  ];
}

async function wrongTokens(): Promise<[name: string, headers: Headers][]> {
  const [person, leaver] = await Promise.all([registerPerson(world, 'somebody'), registerPerson(world, 'a leaver')]);
  if (!person || !leaver) return [];
  const { status } = await call(world.app, null, 'POST', '/api/v1/auth/logout', { headers: leaver.headers });
  expect(status).toBe(200);
  await new Promise((done) => setTimeout(done, ACCESS_CACHE_MS));
  const forged = await forgedTokens(person.token, WALK_NOW);
  const as = (name: string, token: string): [string, Headers] => [
    `a token ${name}`,
    { authorization: `Bearer ${token}`, 'x-tenant-id': person.organizationId },
  ];
  return [...forged.map(([name, token]) => as(name, token)), as('of a session that has ended', leaver.token)];
}

describe('wrong credentials', () => {
  let wrong: Awaited<ReturnType<typeof wrongCredentials>>;
  beforeAll(async () => {
    wrong = await wrongCredentials();
  }, 60_000);

  it.each(cases)('open nothing at %s', async (_, endpoint) => {
    const answers = await inParallel(wrong, async ([name, headers, search]) => {
      const answer = await ask(endpoint, headers, search);
      return answer.status === 401 && codeOf(answer) === 'UNAUTHORIZED'
        ? null
        : `${name}: ${answer.status} ${codeOf(answer)}`;
    });
    counts['wrong credentials refused'] += answers.filter((one) => one === null).length;
    expect(answers.filter((one) => one !== null)).toEqual([]);
  });
});
