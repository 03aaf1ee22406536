import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, beyond, decideAccess, isTeamAllowed, type PersonAccess, permissionsOf } from './access.rules.ts';
import { ALL_PERMISSIONS, type Permission } from './permissions.rules.ts';
import { BASE_LEVELS, baseLevelOf, DEFAULT_ROLES, isView, permissionsOfDefaultRole } from './roles.rules.ts';

const permission = fc.constantFrom(...ALL_PERMISSIONS);
const permissions = fc.uniqueArray(permission, { maxLength: 40 });
const team = fc.constantFrom('t1', 't2', 't3');
const role = fc.oneof(
  fc.record({
    name: fc.constant('Custom'),
    defaultKey: fc.constant(null),
    permissions: permissions.map((names) => [...names, 'gone.since']),
  }),
  fc.record({
    name: fc.constant('Default'),
    defaultKey: fc.constantFrom(...DEFAULT_ROLES),
    permissions: fc.constant([]),
  }),
);
const person: fc.Arbitrary<PersonAccess> = fc.record({
  status: fc.constantFrom('active', 'active', 'active', 'inactive', 'deleted'),
  userType: fc.constantFrom('product_user', 'observer'),
  baseLevel: fc.constantFrom(...BASE_LEVELS),
  role: fc.option(role),
  allowedTeamIds: fc.option(fc.uniqueArray(team)),
});
const scopes = permissions.map((names): ReadonlySet<Permission> => new Set(names));

/** The rule once more, as plainly as it can be said. */
function naive({ person: who, scopes: limits }: Actor): Set<string> {
  const held = new Set<string>();
  for (const name of ALL_PERMISSIONS) {
    if (who) {
      if (who.status !== 'active') continue;
      const level = who.role ? who.role.defaultKey : who.baseLevel;
      const own = level ? permissionsOfDefaultRole(level).has(name) : who.role!.permissions.includes(name);
      if (!own) continue;
      if (who.userType === 'observer' && !name.endsWith('.view')) continue;
    }
    if (limits ? limits.has(name) : who) held.add(name);
  }
  return held;
}

const actor: fc.Arbitrary<Actor> = fc.record({ person: fc.option(person), scopes: fc.option(scopes) });

describe('the decision who may do what', () => {
  it('agrees with the plain rule for every actor and permission', () => {
    fc.assert(
      fc.property(actor, (one) => {
        expect(new Set(permissionsOf(one))).toEqual(naive(one));
      }),
    );
  });

  it('never lets a key do more than its owner, nor more than its scopes', () => {
    fc.assert(
      fc.property(person, scopes, (owner, given) => {
        const own = permissionsOf({ person: owner, scopes: null });
        for (const name of permissionsOf({ person: owner, scopes: given })) {
          expect(own.has(name) && given.has(name)).toBe(true);
        }
      }),
    );
  });

  it('lets an observer view what the role lets them view, and nothing else', () => {
    fc.assert(
      fc.property(person, (one) => {
        const active: PersonAccess = { ...one, status: 'active', userType: 'product_user' };
        const own = [...permissionsOf({ person: active, scopes: null })];
        const observing = permissionsOf({ person: { ...active, userType: 'observer' }, scopes: null });
        expect([...observing]).toEqual(own.filter(isView));
      }),
    );
  });

  it('lets nobody do anything who is inactive or deleted', () => {
    fc.assert(
      fc.property(person, fc.constantFrom('inactive', 'deleted'), (one, status) => {
        expect(permissionsOf({ person: { ...one, status }, scopes: null }).size).toBe(0);
      }),
    );
  });

  it('takes the role where there is one, whatever the text beside the user says', () => {
    fc.assert(
      fc.property(person, role, fc.constantFrom(...BASE_LEVELS), (one, given, level) => {
        const first = permissionsOf({ person: { ...one, role: given }, scopes: null });
        expect(permissionsOf({ person: { ...one, role: given, baseLevel: level }, scopes: null })).toEqual(first);
      }),
    );
  });

  it('limits a role to its teams, and to nothing that belongs to no team', () => {
    fc.assert(
      fc.property(person, permission, fc.option(team), (one, name, teamId) => {
        const plain = decideAccess({ person: one, scopes: null }, name);
        const about = decideAccess({ person: one, scopes: null }, name, { teamId });
        expect(about.allowed).toBe(plain.allowed && isTeamAllowed(one.allowedTeamIds, teamId));
        if (plain.allowed && !about.allowed) expect(about.code).toBe('TEAM_NOT_ALLOWED');
      }),
    );
  });

  it('gives a reason that names the permission or the person', () => {
    fc.assert(
      fc.property(actor, permission, (one, name) => {
        const { allowed, code, reason } = decideAccess(one, name);
        expect(allowed).toBe(code === 'GRANTED');
        expect(reason.length).toBeGreaterThan(10);
        if (['GRANTED', 'ROLE_LACKS', 'SCOPE_LACKS', 'OBSERVER'].includes(code)) expect(reason).toContain(name);
      }),
    );
  });

  it('refuses who is neither a person nor a key', () => {
    expect(decideAccess({ person: null, scopes: null }, 'data.view').code).toBe('NO_CREDENTIAL');
  });
});

describe('the default roles', () => {
  it('stand inside one another: viewer and agent in user, user in admin, and admin holds the catalogue', () => {
    const of = permissionsOfDefaultRole;
    expect([...of('admin')]).toEqual(ALL_PERMISSIONS);
    expect([...of('user')].every((name) => of('admin').has(name))).toBe(true);
    expect([...of('viewer')].every((name) => of('user').has(name))).toBe(true);
    expect([...of('agent')].every((name) => of('user').has(name))).toBe(true);
    expect([...of('viewer')]).toEqual(ALL_PERMISSIONS.filter(isView));
  });

  it('let a standard user add and change records, delete none and administer nothing', () => {
    const user = permissionsOfDefaultRole('user');
    for (const name of ['deals.edit', 'emails.send', 'reports.create', 'data.ingest'] as const)
      expect(user.has(name)).toBe(true);
    for (const name of ['deals.delete', 'users.create', 'roles.edit', 'billing.manage', 'api_keys.manage'] as const)
      expect(user.has(name)).toBe(false);
  });
});

describe('granting', () => {
  it('names what goes beyond what the grantor holds', () => {
    fc.assert(
      fc.property(scopes, permissions, (held, wanted) => {
        expect(beyond(held, wanted)).toEqual(wanted.filter((name) => !held.has(name)));
        expect(beyond('all', wanted)).toEqual([]);
      }),
    );
  });

  it('knows the level of a custom role: viewer when it only views, never admin', () => {
    expect(baseLevelOf(['data.view'])).toBe('viewer');
    expect(baseLevelOf(['data.view', 'data.ingest'])).toBe('user');
    expect(baseLevelOf(ALL_PERMISSIONS)).toBe('user');
  });
});
