import { sql } from 'kysely';
import type { FieldIssue } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

export interface References {
  teamId?: string | null | undefined;
  userId?: string | null | undefined;
  vendorId?: string | null | undefined;
}

/** What is named but does not exist in this organization, one statement for all. @param prefix of the field names */
export async function missingReferences(ctx: Ctx, references: References, prefix = ''): Promise<FieldIssue[]> {
  const { teamId = null, userId = null, vendorId = null } = references;
  const exists = (table: 'teams' | 'users' | 'vendors', id: string | null) => sql<boolean>`
    (${id}::uuid is null or exists (
      select from ${sql.table(table)}
      where organization_id = ${ctx.organizationId} and id = ${id}::uuid and deleted_at is null))`;
  if (teamId === null && userId === null && vendorId === null) return [];
  const { rows } = await sql<{ team: boolean; user: boolean; vendor: boolean }>`
    select ${exists('teams', teamId)} as team, ${exists('users', userId)} as "user",
           ${exists('vendors', vendorId)} as vendor`.execute(ctx.tx);
  const found = rows[0]!;
  const issue = (field: string, message: string, value: unknown) => ({ field: `${prefix}${field}`, message, value });
  return [
    ...(found.team ? [] : [issue('teamId', 'names no team', teamId)]),
    ...(found.user ? [] : [issue('userId', 'names no user', userId)]),
    ...(found.vendor ? [] : [issue('vendorId', 'names no vendor', vendorId)]),
  ];
}
