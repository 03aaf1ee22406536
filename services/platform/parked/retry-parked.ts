import { sql } from 'kysely';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';

export interface RetryParkedInput {
  /** Absent: all of it. */
  readonly ids?: readonly string[] | undefined;
}

/**
 * Gives parked work all its attempts again, once what made it fail was mended. It goes on where it stopped: what was done
 * already is not done twice.
 */
export const retryParkedWork = verb(
  { permission: 'organization.edit' },
  async (ctx, { ids }: RetryParkedInput): Promise<{ retried: number }> => {
    const chosen = ids === undefined ? null : [...ids];
    const { rows } = await sql<{ id: string }>`
      with reactions as (
        update reaction_runs set status = 'pending', attempts = 0, next_attempt_at = ${ctx.now}
        where organization_id = ${ctx.organizationId} and status = 'parked'
          and (${chosen}::uuid[] is null or event_id = any(${chosen}::uuid[]))
        returning event_id as id
      ), commands as (
        update process_commands set status = 'pending', attempts = 0, next_attempt_at = ${ctx.now}, claimed_until = null
        where organization_id = ${ctx.organizationId} and status = 'parked'
          and (${chosen}::uuid[] is null or id = any(${chosen}::uuid[]))
        returning id
      )
      select id from reactions union all select id from commands`.execute(ctx.tx);
    if (rows.length > 0) {
      const after = { ids: rows.slice(0, 1_000).map(({ id }) => id), count: rows.length };
      await audit(ctx, 'parked_work.retry', { entityType: 'parked_work', entityId: null, after });
    }
    return { retried: rows.length };
  },
);
