import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';
import { loadUserAccess, type UserAccess } from '../roles/index.ts';
import type { AccessClaims } from './access-tokens.ts';

export interface OpenSession {
  readonly expiresAt: Date;
  readonly access: UserAccess;
}

/** The session behind a token, with what its person may do now; null once either has ended. Needs no organization set. */
export async function findOpenSession(db: Db, claims: AccessClaims): Promise<OpenSession | null> {
  const { organizationId, sessionId, userId } = claims;
  const [session, access] = await Promise.all([
    sql<{ expires_at: Date }>`
      select expires_at from find_open_session(${organizationId}, ${sessionId}, ${userId})`.execute(db),
    loadUserAccess(db, organizationId, userId),
  ]);
  const row = session.rows[0];
  return row && access?.status === 'active' ? { expiresAt: row.expires_at, access } : null;
}
