import { sql } from 'kysely';
import { type FieldIssue, invalidAll } from '../../domain/core/errors.ts';
import type { Ctx } from '../core/context.ts';

/** Records that a body names, by the field that names them. */
export interface RecordReferences {
  ownerId?: string | null | undefined;
  assigneeId?: string | null | undefined;
  teamId?: string | null | undefined;
  accountId?: string | null | undefined;
  parentAccountId?: string | null | undefined;
  prospectId?: string | null | undefined;
  dealId?: string | null | undefined;
}

const TABLES: Readonly<Record<keyof RecordReferences, 'users' | 'teams' | 'accounts' | 'prospects' | 'deals'>> = {
  ownerId: 'users',
  assigneeId: 'users',
  teamId: 'teams',
  accountId: 'accounts',
  parentAccountId: 'accounts',
  prospectId: 'prospects',
  dealId: 'deals',
};
const FIELDS = Object.keys(TABLES) as (keyof RecordReferences)[];

/** All in one statement. @throws AppError validation naming each field whose record does not exist (or is deleted). */
export async function requireRecords(ctx: Ctx, references: RecordReferences): Promise<void> {
  const named = FIELDS.flatMap((field) => (references[field] ? [{ field, id: references[field] }] : []));
  if (named.length === 0) return;
  const { rows } = await sql<{ field: keyof RecordReferences }>`${sql.join(
    named.map(
      ({ field, id }) => sql`
        select ${field} as field from ${sql.table(TABLES[field])}
        where organization_id = ${ctx.organizationId} and id = ${id}::uuid and deleted_at is null`,
    ),
    sql` union all `,
  )}`.execute(ctx.tx);
  const found = new Set(rows.map((row) => row.field));
  const issues: FieldIssue[] = named
    .filter(({ field }) => !found.has(field))
    .map(({ field, id }) => ({ field, message: 'does not exist', value: id }));
  if (issues.length > 0) throw invalidAll(issues);
}
