import { ALL_PERMISSIONS, PERMISSIONS, type Permission } from './permissions.rules.ts';
import { type BaseLevel, type DefaultRole, isView, permissionsOfDefaultRole, type UserType } from './roles.rules.ts';

/** A person as the decision sees them. */
export interface PersonAccess {
  readonly status: 'active' | 'inactive' | 'deleted';
  readonly userType: UserType;
  /** The text beside the user; counts only where no role is given. */
  readonly baseLevel: BaseLevel;
  readonly role: {
    readonly name: string;
    readonly defaultKey: DefaultRole | null;
    readonly permissions: readonly string[];
  } | null;
  /** Teams of the role, with the teams inside them; null: all teams. */
  readonly allowedTeamIds: readonly string[] | null;
}

export interface Actor {
  /** null: a key that belongs to no person. */
  readonly person: PersonAccess | null;
  /** Of a key, as code names; null: the person acts directly. */
  readonly scopes: ReadonlySet<Permission> | null;
}

export interface Target {
  /** Whose data it is; null: of no team. Absent: it belongs to the whole organization. */
  readonly teamId?: string | null;
}

export type AccessCode =
  | 'GRANTED'
  | 'NO_CREDENTIAL'
  | 'USER_INACTIVE'
  | 'USER_DELETED'
  | 'OBSERVER'
  | 'ROLE_LACKS'
  | 'SCOPE_LACKS'
  | 'TEAM_NOT_ALLOWED';

export interface AccessDecision {
  readonly allowed: boolean;
  readonly code: AccessCode;
  /** One sentence for people. */
  readonly reason: string;
}

/**
 * Whether an actor may use a permission, and why: the one place that decides. A person first (alive, role, observer,
 * teams), then the scopes of the key, so that a key is never more than its owner.
 */
export function decideAccess(actor: Actor, permission: Permission, target: Target = {}): AccessDecision {
  const { person, scopes } = actor;
  if (!person && !scopes) return refused('NO_CREDENTIAL', 'Neither a person nor a key asks.');
  if (person) {
    const refusal = decidePerson(person, permission);
    if (refusal) return refusal;
  }
  if (scopes && !scopes.has(permission)) {
    return refused('SCOPE_LACKS', `The key's scopes do not hold ${permission}.`);
  }
  if (person && target.teamId !== undefined && !isTeamAllowed(person.allowedTeamIds, target.teamId)) {
    return refused('TEAM_NOT_ALLOWED', 'The role is limited to other teams.');
  }
  const by = person ? sourceOf(person) : 'The key belongs to no person; its scopes';
  const rest = person && scopes ? ', and the key has it among its scopes' : '';
  return { allowed: true, code: 'GRANTED', reason: `${by} hold${person ? 's' : ''} ${permission}${rest}.` };
}

function decidePerson(person: PersonAccess, permission: Permission): AccessDecision | null {
  if (person.status === 'deleted') return refused('USER_DELETED', 'The user is deleted.');
  if (person.status === 'inactive') return refused('USER_INACTIVE', 'The user is not active.');
  if (!grantedTo(person).has(permission)) {
    return refused('ROLE_LACKS', `${sourceOf(person)} does not hold ${permission}.`);
  }
  if (person.userType === 'observer' && !isView(permission)) {
    return refused('OBSERVER', `An observer may only view, whatever the role holds; ${permission} changes something.`);
  }
  return null;
}

const sourceOf = ({ role, baseLevel }: PersonAccess): string =>
  role ? `The role ${role.name}` : `The level ${baseLevel}`;

/** Of the role where there is one, else of the level; names that are not in the catalogue grant nothing. */
function grantedTo({ role, baseLevel }: PersonAccess): ReadonlySet<string> {
  if (role?.defaultKey) return permissionsOfDefaultRole(role.defaultKey);
  return role ? new Set(role.permissions) : permissionsOfDefaultRole(baseLevel);
}

/** Everything that the decision allows, for what asks many times. */
export const permissionsOf = (actor: Actor): ReadonlySet<Permission> =>
  new Set(ALL_PERMISSIONS.filter((permission) => decideAccess(actor, permission).allowed));

/** Null allows every team and what belongs to none; a list allows exactly its teams. */
export const isTeamAllowed = (allowed: readonly string[] | null, teamId: string | null): boolean =>
  allowed === null || (teamId !== null && allowed.includes(teamId));

/** What of `wanted` goes beyond what the grantor holds: nobody grants what they do not hold. */
export function beyond(held: ReadonlySet<Permission> | 'all', wanted: Iterable<string>): string[] {
  return [...wanted].filter(
    (name) => Object.hasOwn(PERMISSIONS, name) && !(held === 'all' || held.has(name as Permission)),
  );
}

const refused = (code: AccessCode, reason: string): AccessDecision => ({ allowed: false, code, reason });
