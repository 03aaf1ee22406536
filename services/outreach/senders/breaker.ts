import { sql } from 'kysely';
import { judgeSender } from '../../../domain/outreach/sender.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { notify } from '../../platform/notifications/index.ts';
import { senderPaused } from '../events.ts';

/** Messages of this long say whether a sender has to rest; those from before its last rest do not count again. */
const WINDOW_DAYS = 7;
const DAY_MS = 86_400_000;

interface Record {
  id: string;
  email: string;
  user_id: string | null;
  accepted: number;
  delivered: number;
  hardBounces: number;
  complaints: number;
}

/**
 * Pauses senders whose bounces or complaints receivers would not put up with. Their messages wait until a person has
 * looked and resumes them. Answers how many were paused.
 */
export async function tripBreakers(ctx: Ctx, senderIds: readonly string[]): Promise<number> {
  if (senderIds.length === 0) return 0;
  const { rows } = await sql<Record>`
    select s.id, s.email, s.user_id, count(e.id)::integer as accepted, count(e.delivered_at)::integer as delivered,
           count(e.id) filter (where e.hard)::integer as "hardBounces",
           count(e.id) filter (where e.complaint)::integer as complaints
    from senders s
    left join lateral (
      select m.id, m.delivered_at,
             exists (select from email_bounces b where b.organization_id = m.organization_id and b.email_id = m.id
                       and b.type = 'hard') as hard,
             exists (select from email_bounces b where b.organization_id = m.organization_id and b.email_id = m.id
                       and b.type = 'complaint') as complaint
      from emails m
      where m.organization_id = s.organization_id and m.sender_id = s.id and not m.is_test
        and m.sent_at >= greatest(${new Date(ctx.now.getTime() - WINDOW_DAYS * DAY_MS)}::timestamptz, s.resumed_at)) e on true
    where s.organization_id = ${ctx.organizationId} and s.id = any(${sql.val([...senderIds])}::uuid[])
      and s.status = 'active' and s.deleted_at is null
    group by s.organization_id, s.id`.execute(ctx.tx);
  let tripped = 0;
  for (const row of rows) {
    const { trips } = judgeSender(row);
    if (trips === null) continue;
    const { numUpdatedRows } = await ctx.tx
      .updateTable('senders')
      .set({ status: 'paused', paused_by: 'breaker', paused_reason: trips, paused_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', row.id)
      .where('status', '=', 'active')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) continue;
    tripped++;
    await emit(ctx, senderPaused, { entityId: row.id, data: { id: row.id, reason: trips } });
    await notify(ctx, row.user_id, 'email.bounced', {
      title: `${row.email} rests: ${trips === 'BOUNCE_RATE' ? 'too many of its messages bounce' : 'too many complaints'}`,
      entity: { type: 'sender', id: row.id },
      dedupeKey: `sender:${row.id}:paused:${ctx.now.toISOString()}`,
      priority: 'high',
    });
  }
  return tripped;
}
