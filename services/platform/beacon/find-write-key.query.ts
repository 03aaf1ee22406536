import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';

export interface FoundWriteKey {
  readonly organizationId: string;
  readonly id: string;
  readonly status: string;
  /** Origins of pages that may send. */
  readonly origins: readonly string[];
}

/** The key, whatever its organization and status; the database function needs no organization set. */
export async function findWriteKey(db: Db, key: string): Promise<FoundWriteKey | null> {
  const { rows } = await sql<FoundWriteKey>`
    select organization_id as "organizationId", id, status, origins from find_write_key(${key})`.execute(db);
  return rows[0] ?? null;
}
