import { sql } from 'kysely';
import type { Ctx } from '../core/context.ts';

/**
 * The team of a new record: the one that is named, and for a creator who is limited to teams, else their own one or the
 * first of their role, so that nobody creates what they cannot see.
 */
export async function teamOfNew(ctx: Ctx, named: string | null | undefined): Promise<string | null> {
  const { allowedTeamIds, userId = null } = ctx.principal;
  if (named !== undefined || !allowedTeamIds) return named ?? null;
  const { rows } = await sql<{ id: string }>`
    select t.id from teams t
    left join users u on u.organization_id = t.organization_id and u.id = ${userId}::uuid and u.team_id = t.id
    where t.organization_id = ${ctx.organizationId} and t.deleted_at is null
      and t.id = any(${sql.val([...allowedTeamIds])}::uuid[])
    order by u.id is null, t.number limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}
