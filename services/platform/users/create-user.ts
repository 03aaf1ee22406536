import type { Reference } from '../../../domain/platform/reference.rules.ts';
import type { UserStatus, UserType } from '../../../domain/platform/roles.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { setPassword } from '../auth/index.ts';
import { lockPeople, requireGrantableRole, requireRole, requireTeamAllowed } from '../roles/index.ts';
import { insertUser } from './insert-users.ts';
import { requireManager, requireTeamChoice, type TeamChoice } from './user-references.ts';
import { readUser, type UserView } from './user-view.ts';

export interface UserFields extends TeamChoice {
  firstName?: string | undefined;
  lastName?: string | null | undefined;
  phone?: string | null | undefined;
  location?: string | null | undefined;
  userType?: UserType | undefined;
  roleId?: Reference | undefined;
  managerId?: string | null | undefined;
  status?: UserStatus | undefined;
  timezone?: string | null | undefined;
  language?: string | null | undefined;
}

export interface CreateUserInput extends UserFields {
  email: string;
  firstName: string;
  /** Made before the transaction opened; without it the person signs in once they have set one. */
  passwordHash?: string | undefined;
}

/** Number of the role of whom nothing else is said. */
export const STANDARD_ROLE = 3;

/**
 * Adds a person. Nobody gives a role that holds more than they hold themselves.
 * @throws AppError validation; forbidden `PERMISSION_ESCALATION`, `TEAM_NOT_ALLOWED`; conflict `EMAIL_TAKEN`.
 */
export const createUser = verb(
  { permission: 'users.create' },
  async (ctx, input: CreateUserInput): Promise<UserView> => {
    await lockPeople(ctx);
    const id = await addUser(ctx, input);
    return readUser(ctx, id);
  },
);

async function addUser(ctx: Ctx, input: CreateUserInput): Promise<string> {
  const { roleId, teamId: _, subTeamId: __, passwordHash, ...fields } = input;
  const role = await requireRole(ctx, roleId ?? STANDARD_ROLE);
  requireGrantableRole(ctx.principal, role);
  const team = (await requireTeamChoice(ctx, input)) ?? null;
  requireTeamAllowed(ctx.principal, team?.id ?? null);
  if (input.managerId) await requireManager(ctx, input.managerId, null);
  const id = await insertUser(ctx, { ...fields, roleId: role.id, baseLevel: role.baseLevel, teamId: team?.id ?? null });
  if (passwordHash !== undefined) await setPassword(ctx, { userId: id, passwordHash });
  return id;
}
