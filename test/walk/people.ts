import { ENDPOINTS } from '../../api/endpoints.ts';
import { type Permission, permissionsOfScopes } from '../../domain/platform/permissions.rules.ts';
import { DEFAULT_ROLES, isView, permissionsOfDefaultRole } from '../../domain/platform/roles.rules.ts';
import { call } from '../http/harness.ts';
import type { World } from './world.ts';

/** Somebody who asks, and what the permission table says they may. */
export interface Actor {
  readonly name: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly permissions: ReadonlySet<Permission>;
}

export interface Person extends Actor {
  readonly token: string;
  readonly organizationId: string;
  readonly userId: string;
}

let people = 0;

/** An organization of its own with its administrator, signed in; undefined while nobody can register. */
export async function registerPerson(world: World, name: string): Promise<Person | undefined> {
  if (!ENDPOINTS.some(({ operationId }) => operationId === 'register')) return undefined;
  const body = {
    organizationName: 'Walk',
    firstName: 'Ada',
    email: `walk${process.pid}.${people++}@example.com`,
    password: 'correct horse battery staple',
  };
  const { status, text, json } = await call(world.app, null, 'POST', '/api/v1/auth/register', { body });
  if (status !== 201) throw new Error(`Registering answered ${status}: ${text}`);
  const { token, user, organization } = json.data;
  return {
    name,
    token,
    organizationId: organization.id,
    userId: user.id,
    headers: { authorization: `Bearer ${token}`, 'x-tenant-id': organization.id },
    permissions: permissionsOfDefaultRole('admin'),
  };
}

/** What a session knows of its person lives this long. */
export const ACCESS_CACHE_MS = 1_200;

/** One person of each default role, an observer, and one with a role of the organization's own. */
export async function peopleOfRoles(world: World): Promise<Person[]> {
  const { owner } = world.database;
  const found: Person[] = [];
  const add = async (
    name: string,
    permissions: ReadonlySet<Permission>,
    become: (person: Person) => Promise<unknown>,
  ) => {
    const person = await registerPerson(world, name);
    if (!person) return;
    await become(person);
    found.push({ ...person, permissions });
  };
  const give = (person: Person, key: string) => owner`
    update users set role_id = (
      select id from roles where organization_id = ${person.organizationId} and default_key = ${key})
    where id = ${person.userId}`;
  for (const key of DEFAULT_ROLES) {
    await add(`a person of the role ${key}`, permissionsOfDefaultRole(key), (person) => give(person, key));
  }
  const views = new Set([...permissionsOfDefaultRole('user')].filter(isView));
  await add('an observer of the role user', views, async (person) => {
    await give(person, 'user');
    await owner`update users set user_type = 'observer' where id = ${person.userId}`;
  });
  const own = ['vendors.view', 'vendors.edit', 'data.ingest', 'prospects.view', 'roles.view'];
  await add('a person of a role of their own', permissionsOfScopes(own), async (person) => {
    const { json } = await call(world.app, null, 'POST', '/v1/roles', {
      headers: person.headers,
      body: { name: 'Buyer', permissions: own },
    });
    await owner`update users set role_id = ${json.data.id} where id = ${person.userId}`;
  });
  await new Promise((done) => setTimeout(done, ACCESS_CACHE_MS));
  return found;
}
