import { AppError, conflict } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import { requireRole } from '../roles/index.ts';
import { insertUsers } from '../users/index.ts';

export interface NewPerson {
  userId: string;
  email: string;
  firstName: string | null;
  lastName?: string | null | undefined;
  role: 'admin' | 'user' | 'viewer';
  teamId: string | null;
}

/** Numbers of the default roles, which every organization has. */
const ROLE_NUMBERS = { admin: 1, user: 3, viewer: 4 } as const;

/**
 * Somebody who comes by themselves, by registering or by an invitation. Where the organization exists already, its people
 * are held (`lockPeople`). @throws AppError conflict `EMAIL_TAKEN`: one address is one person, in whichever organization.
 */
export async function addPerson(ctx: Ctx, { userId, role: level, ...person }: NewPerson): Promise<void> {
  const role = await requireRole(ctx, ROLE_NUMBERS[level]);
  const [outcome] = await insertUsers(ctx, [{ ...person, id: userId, roleId: role.id, baseLevel: role.baseLevel }]);
  if (outcome instanceof AppError) {
    throw conflict('EMAIL_TAKEN', 'There is an account with this e-mail address already.', {
      hint: 'Sign in, or ask for a new password with POST /api/v1/auth/forgot-password.',
    });
  }
}
