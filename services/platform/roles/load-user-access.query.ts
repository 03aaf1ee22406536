import { sql } from 'kysely';
import { type PersonAccess, permissionsOf } from '../../../domain/platform/access.rules.ts';
import type { Permission } from '../../../domain/platform/permissions.rules.ts';
import type { BaseLevel, DefaultRole, UserType } from '../../../domain/platform/roles.rules.ts';
import type { Db } from '../../../schema/db.ts';

/** What a person may do, and everything that it follows from. */
export interface UserAccess extends PersonAccess {
  readonly userId: string;
  readonly email: string;
  readonly teamId: string | null;
  readonly roleId: string | null;
  readonly roleNumber: number | null;
  /** Empty while the person is not active. */
  readonly permissions: ReadonlySet<Permission>;
}

interface Row {
  id: string;
  email: string;
  status: PersonAccess['status'];
  user_type: UserType;
  base_level: BaseLevel;
  team_id: string | null;
  role_id: string | null;
  role_number: number | null;
  role_name: string | null;
  default_key: DefaultRole | null;
  permissions: string[] | null;
  allowed_team_ids: string[] | null;
}

/**
 * One statement, for whoever asks: the database function needs no organization set, so authenticators call it before any
 * transaction. Null when the organization or the user does not exist; a deleted one is found, with no permission.
 */
export async function loadUserAccess(db: Db, organizationId: string, userId: string): Promise<UserAccess | null> {
  const { rows } = await sql<Row>`
    select id, email, status, user_type, base_level, team_id, role_id, role_number, role_name, default_key, permissions,
           allowed_team_ids
    from find_user_access(${organizationId}, ${userId})`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const person: PersonAccess = {
    status: row.status,
    userType: row.user_type,
    baseLevel: row.base_level,
    role:
      row.role_name === null
        ? null
        : { name: row.role_name, defaultKey: row.default_key, permissions: row.permissions ?? [] },
    allowedTeamIds: row.allowed_team_ids,
  };
  return {
    ...person,
    userId: row.id,
    email: row.email,
    teamId: row.team_id,
    roleId: row.role_number === null ? null : row.role_id,
    roleNumber: row.role_number,
    permissions: permissionsOf({ person, scopes: null }),
  };
}
