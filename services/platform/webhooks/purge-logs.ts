import { sql } from 'kysely';
import { LOG_DAYS } from '../../../domain/platform/webhook.rules.ts';
import type { Ctx } from '../../core/context.ts';

const BATCH = 5_000;

/** Deletes up to 5,000 old rows of the log with their attempts; what is still pending stays. Answers how many. */
export async function purgeWebhookLogs(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - LOG_DAYS * 86_400_000);
  const { rows } = await sql<{ count: number }>`
    with old as (
      delete from webhook_logs l
      where l.organization_id = ${ctx.organizationId} and l.id in (
        select id from webhook_logs
        where organization_id = ${ctx.organizationId} and status <> 'pending' and created_at < ${before}
        order by created_at limit ${BATCH}::integer)
      returning l.id
    ), gone as (
      delete from webhook_attempts a using old
      where a.organization_id = ${ctx.organizationId} and a.message_id = old.id
    )
    select count(*)::integer as count from old`.execute(ctx.tx);
  await sql`
    delete from webhook_attempts a
    where a.organization_id = ${ctx.organizationId} and a.attempted_at < ${before}
      and not exists (
        select from webhook_logs l
        where l.organization_id = a.organization_id and (l.id = a.message_id or l.batch_id = a.message_id))`.execute(
    ctx.tx,
  );
  return rows[0]?.count ?? 0;
}
