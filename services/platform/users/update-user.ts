import { sql } from 'kysely';
import { forbidden, notFound } from '../../../domain/core/errors.ts';
import { permissionsOf } from '../../../domain/platform/access.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, requirePermission, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { sqlStateOf } from '../../core/transaction.ts';
import { requireVersion } from '../../core/versions.ts';
import { endSessions, setPassword } from '../auth/index.ts';
import { userAccessChanged } from '../events.ts';
import {
  loadUserAccess,
  lockPeople,
  requireAnotherAdmin,
  requireGrantable,
  requireGrantableRole,
  requireRole,
  requireTeamAllowed,
} from '../roles/index.ts';
import type { UserFields } from './create-user.ts';
import { emailTaken } from './insert-users.ts';
import { requireManager, requireTeamChoice } from './user-references.ts';
import { isSelf, readUser, teamIdOf, type UserView } from './user-view.ts';

export interface UserChanges extends UserFields {
  email?: string | undefined;
}

export interface UpdateUserInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: UserChanges;
  /** Made before the transaction opened, where the current one of the person was checked as well. */
  passwordHash?: string | undefined;
}

/** What people may change about themselves; everything else is for those who manage people. */
const OWN_FIELDS = new Set(['firstName', 'lastName', 'timezone', 'language']);

/**
 * Partial. People change their own name, time zone and language; the rest needs users.edit, and nobody changes somebody
 * who holds more than they do. One's own e-mail is read-only.
 * @throws AppError not_found; precondition_failed; validation; forbidden; conflict `EMAIL_TAKEN`, `LAST_ADMIN`.
 */
export const updateUser = verb(
  { permission: null },
  async (ctx, { id, expectedVersion, changes, passwordHash }: UpdateUserInput): Promise<UserView> => {
    const self = isSelf(ctx, id);
    const isOwn = self && Object.keys(changes).every((field) => OWN_FIELDS.has(field));
    if (!isOwn) requirePermission(ctx.principal, 'users.edit');
    if (self && changes.email !== undefined) throw emailReadOnly();
    await lockPeople(ctx);
    const before = await readUser(ctx, id);
    if (!self) await requireReach(ctx, before);
    requireVersion(before.version, expectedVersion);
    const set = await columnsOf(ctx, before, changes);
    if (endsAdmin(before, set)) await requireAnotherAdmin(ctx, [id]);
    await write(ctx, id, set);
    if (passwordHash !== undefined) {
      await setPassword(ctx, { userId: id, passwordHash, keepSessionId: self ? ctx.principal.sessionId : undefined });
    }
    if (set.status === 'inactive') await endSessions(ctx, { userId: id }, 'revoked');
    const after = await readUser(ctx, id);
    await audit(ctx, 'user.update', {
      entityType: 'user',
      entityId: id,
      before: auditable(before),
      after: auditable(after),
    });
    if (['role_id', 'status', 'user_type', 'team_id'].some((column) => column in set)) {
      await emit(ctx, userAccessChanged, { entityId: id, data: { userId: id, active: after.status === 'active' } });
    }
    return after;
  },
);

/** @throws AppError forbidden when the other one is beyond the caller: another team, or somebody who holds more. */
export async function requireReach(ctx: Ctx, user: UserView): Promise<void> {
  requireTeamAllowed(ctx.principal, teamIdOf(user));
  const access = await loadUserAccess(ctx.tx, ctx.organizationId, user.id);
  if (!access) throw notFound('The user');
  // As if active: who is put back to work gets all of it again.
  const person = { ...access, status: 'active', userType: 'product_user' } as const;
  requireGrantable(ctx.principal, permissionsOf({ person, scopes: null }));
}

interface Columns {
  [column: string]: string | null | undefined;
  role?: string;
  status?: string;
  user_type?: string;
  email?: string;
}

const PLAIN: Readonly<Record<string, string>> = {
  email: 'email',
  firstName: 'first_name',
  lastName: 'last_name',
  phone: 'phone',
  location: 'location',
  userType: 'user_type',
  status: 'status',
  timezone: 'timezone',
  language: 'language',
  managerId: 'manager_id',
};

async function columnsOf(ctx: Ctx, before: UserView, changes: UserChanges): Promise<Columns> {
  const set: Columns = {};
  for (const [field, column] of Object.entries(PLAIN)) {
    const value = changes[field as keyof UserChanges];
    if (value !== undefined) set[column] = value as string | null;
  }
  if (changes.roleId !== undefined) {
    const role = await requireRole(ctx, changes.roleId);
    if (role.id !== before.role?.id) requireGrantableRole(ctx.principal, role);
    set.role_id = role.id;
    set.role = role.baseLevel;
  }
  const team = await requireTeamChoice(ctx, changes);
  if (team !== undefined) {
    if ((team?.id ?? null) !== teamIdOf(before)) requireTeamAllowed(ctx.principal, team?.id ?? null);
    set.team_id = team?.id ?? null;
  }
  if (changes.managerId) await requireManager(ctx, changes.managerId, before.id);
  return set;
}

type AdminFacts = { status: string; role: string; userType: string };
const isAdmin = ({ status, role, userType }: AdminFacts) =>
  status === 'active' && role === 'admin' && userType === 'product_user';

/** Whether somebody who runs the organization would do so no more. */
function endsAdmin(before: UserView, set: Columns): boolean {
  const was = { status: before.status, role: before.baseLevel, userType: before.userType };
  const willBe = {
    status: set.status ?? was.status,
    role: set.role ?? was.role,
    userType: set.user_type ?? was.userType,
  };
  return isAdmin(was) && !isAdmin(willBe);
}

async function write(ctx: Ctx, id: string, set: Columns): Promise<void> {
  if (Object.keys(set).length === 0) return;
  // A taken e-mail may be one of another organization, which no look-up here can see.
  await sql`savepoint write_user`.execute(ctx.tx);
  try {
    await ctx.tx.updateTable('users').set(set).where('id', '=', id).execute();
  } catch (error) {
    await sql`rollback to savepoint write_user`.execute(ctx.tx);
    if (set.email !== undefined && sqlStateOf(error) === '23505') throw emailTaken(set.email, undefined);
    throw error;
  }
}

export const auditable = (user: UserView) => ({
  email: user.email,
  first_name: user.firstName,
  last_name: user.lastName,
  phone: user.phone,
  location: user.location,
  role: user.role?.name ?? user.baseLevel,
  role_id: user.role?.id ?? null,
  team_id: teamIdOf(user),
  manager_id: user.manager?.id ?? null,
  user_type: user.userType,
  status: user.status,
  timezone: user.timezone,
  language: user.language,
});

const emailReadOnly = () =>
  forbidden('EMAIL_READ_ONLY', 'Your own e-mail cannot be changed by yourself.', {
    hint: 'Ask somebody else who may change users.',
  });
