import { sql } from 'kysely';
import type { Permission } from '../../../domain/platform/permissions.rules.ts';
import { permissionsOfScopes } from '../../../domain/platform/permissions.rules.ts';
import type { Db } from '../../../schema/db.ts';

export interface FoundApiKey {
  readonly organizationId: string;
  readonly id: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly status: string;
  readonly rateLimitPerHour: number | null;
  readonly expiresAt: Date | null;
  /** Of a secret that a rotation replaced; null for the current one. */
  readonly secretExpiresAt: Date | null;
  /** The owner. */
  readonly userId: string | null;
}

interface Row {
  organization_id: string;
  id: string;
  scopes: string[];
  user_id: string | null;
  status: string;
  rate_limit_per_hour: number | null;
  expires_at: Date | null;
  secret_expires_at: Date | null;
}

/** The key with this hash, whatever its organization and status; the database function needs no organization set. */
export async function findApiKey(db: Db, hash: Buffer): Promise<FoundApiKey | null> {
  const { rows } = await sql<Row>`
    select organization_id, id, scopes, user_id, status, rate_limit_per_hour, expires_at, secret_expires_at
    from find_api_key(${hash})`.execute(db);
  const row = rows[0];
  if (!row) return null;
  return {
    organizationId: row.organization_id,
    id: row.id,
    permissions: permissionsOfScopes(row.scopes),
    status: row.status,
    rateLimitPerHour: row.rate_limit_per_hour,
    expiresAt: row.expires_at,
    secretExpiresAt: row.secret_expires_at,
    userId: row.user_id,
  };
}
