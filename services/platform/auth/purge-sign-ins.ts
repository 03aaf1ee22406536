import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';
import type { Ctx } from '../../core/context.ts';

const DAY_MS = 86_400_000;
/** Sessions and links of mails, counted from the end of their life: until then a late use is told from a made-up token. */
const SESSIONS_KEPT_DAYS = 30;
const BATCH = 1_000;

/**
 * Deletes what the counting of attempts has no use for any more: windows and rests that are over since a day.
 * @param platformDb pool of the platform role: attempts belong to no organization
 */
export async function purgeSignInAttempts(platformDb: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - DAY_MS);
  for (let deleted = 0; ; ) {
    const { numAffectedRows } = await sql`
      delete from login_attempts where email_hash in (
        select email_hash from login_attempts
        where window_started_at < ${before} and coalesce(locked_until, '-infinity') < ${before}
        limit ${BATCH})`.execute(platformDb);
    deleted += Number(numAffectedRows ?? 0n);
    if ((numAffectedRows ?? 0n) < BATCH) return deleted;
  }
}

/**
 * One batch of an organization: sessions with their refresh tokens, and one-time tokens, each 30 days after the end of its
 * life. Links of an invitation that can still be accepted stay. Answers whether there may be more.
 */
export async function purgeSessions(ctx: Ctx): Promise<boolean> {
  const before = new Date(ctx.now.getTime() - SESSIONS_KEPT_DAYS * DAY_MS);
  const sessions = await sql`
    delete from user_sessions where organization_id = ${ctx.organizationId} and id in (
      select id from user_sessions
      where organization_id = ${ctx.organizationId} and expires_at < ${before} limit ${BATCH})`.execute(ctx.tx);
  const tokens = await sql`
    delete from one_time_tokens where organization_id = ${ctx.organizationId} and id in (
      select t.id from one_time_tokens t
      where t.organization_id = ${ctx.organizationId} and t.expires_at < ${before}
        and not exists (
          select from team_invitations i
          where i.organization_id = t.organization_id and i.id = t.invitation_id and i.status = 'pending')
      limit ${BATCH})`.execute(ctx.tx);
  return [sessions, tokens].some(({ numAffectedRows }) => numAffectedRows === BigInt(BATCH));
}
