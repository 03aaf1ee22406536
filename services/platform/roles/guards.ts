import { sql } from 'kysely';
import { conflict, forbidden } from '../../../domain/core/errors.ts';
import { beyond, isTeamAllowed } from '../../../domain/platform/access.rules.ts';
import { permissionsOfDefaultRole } from '../../../domain/platform/roles.rules.ts';
import type { Ctx, Principal } from '../../core/context.ts';
import type { FoundRole } from './references.ts';

/**
 * Holds the people of the organization until the transaction ends: who changes roles, teams or who is in them goes one
 * after the other, so that checks like "not the last admin" and "role not in use" still hold at the commit.
 */
export async function lockPeople(ctx: Ctx): Promise<void> {
  await sql`select from organizations where id = ${ctx.organizationId} for no key update`.execute(ctx.tx);
}

/** @throws AppError forbidden `PERMISSION_ESCALATION` when somebody would grant what they do not hold. */
export function requireGrantable(principal: Principal, permissions: Iterable<string>): void {
  const missing = beyond(principal.permissions, permissions);
  if (missing.length === 0) return;
  const shown = `${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ` and ${missing.length - 3} more` : ''}`;
  throw forbidden('PERMISSION_ESCALATION', `Nobody can grant what they do not hold: ${shown}.`, {
    details: { permissions: missing },
    hint: 'Ask somebody who holds these permissions, or leave them out.',
  });
}

export const permissionsOfRole = (role: Pick<FoundRole, 'defaultKey' | 'permissions'>): Iterable<string> =>
  role.defaultKey ? permissionsOfDefaultRole(role.defaultKey) : role.permissions;

/** Whoever is limited to teams gives no role that reaches further. @throws AppError forbidden. */
export function requireGrantableRole(
  principal: Principal,
  role: Pick<FoundRole, 'defaultKey' | 'permissions' | 'allowedTeamIds'>,
): void {
  requireGrantable(principal, permissionsOfRole(role));
  requireTeamsWithin(principal, role.allowedTeamIds);
}

/** @throws AppError forbidden `PERMISSION_ESCALATION`. */
export function requireTeamsWithin(principal: Principal, teamIds: readonly string[] | null): void {
  const own = principal.allowedTeamIds ?? null;
  if (own === null || teamIds?.every((id) => own.includes(id))) return;
  throw forbidden('PERMISSION_ESCALATION', 'Your role is limited to teams and can give no role that reaches further.', {
    hint: 'Limit the role to teams that yours allows.',
  });
}

/** @throws AppError forbidden `TEAM_NOT_ALLOWED` when the role of the principal is limited to other teams. */
export function requireTeamAllowed(principal: Principal, teamId: string | null): void {
  if (isTeamAllowed(principal.allowedTeamIds ?? null, teamId)) return;
  throw forbidden('TEAM_NOT_ALLOWED', 'Your role is limited to other teams.', {
    hint: 'GET /v1/permissions/explain says what a role allows.',
  });
}

/** Call it under `lockPeople`, when somebody stops being an admin. @throws AppError conflict `LAST_ADMIN`. */
export async function requireAnotherAdmin(ctx: Ctx, userIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ exists: boolean }>`
    select exists (
      select from users u
      left join roles r on r.organization_id = u.organization_id and r.id = u.role_id
      where u.organization_id = ${ctx.organizationId} and u.deleted_at is null and u.status = 'active'
        and coalesce(r.base_level, u.role) = 'admin' and u.user_type = 'product_user'
        and u.id <> all(${sql.val([...userIds])}::uuid[])) as exists`.execute(ctx.tx);
  if (rows[0]!.exists) return;
  throw conflict('LAST_ADMIN', 'An organization needs at least one active admin.', {
    hint: 'Make somebody else an admin first.',
  });
}
