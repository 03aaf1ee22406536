import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { recordTouch } from '../../crm/records/index.ts';

interface Said {
  at: Date;
  author: 'agent' | 'customer';
  userId: string | null;
  prospectId: string | null;
  accountId: string | null;
  priority: string;
  channel: string;
}

/** A ticket is a touch of its customer when it begins; who took it on earns the credit. */
export async function touchByTicket(ctx: Ctx, ticketId: string): Promise<void> {
  const { rows } = await sql<Said>`
    select opened_at as at, 'customer' as author, assignee_id as "userId", prospect_id as "prospectId",
           account_id as "accountId", priority, channel
    from tickets where organization_id = ${ctx.organizationId} and id = ${ticketId} and deleted_at is null`.execute(
    ctx.tx,
  );
  if (rows[0]) await record(ctx, `b:tickets:${ticketId}`, ticketId, rows[0]);
}

/** So is every public word in it. */
export async function touchByReply(ctx: Ctx, replyId: string): Promise<void> {
  const { rows } = await sql<Said & { ticketId: string }>`
    select r.written_at as at, r.author_kind as author, coalesce(r.author_id, t.assignee_id) as "userId",
           t.prospect_id as "prospectId", t.account_id as "accountId", t.priority, r.channel, t.id as "ticketId"
    from ticket_replies r
    join tickets t on t.organization_id = r.organization_id and t.id = r.ticket_id and t.deleted_at is null
    where r.organization_id = ${ctx.organizationId} and r.id = ${replyId} and not r.is_internal
      and r.author_kind <> 'system'`.execute(ctx.tx);
  if (rows[0]) await record(ctx, `b:ticket_replies:${replyId}`, rows[0].ticketId, rows[0]);
}

async function record(ctx: Ctx, externalId: string, ticketId: string, said: Said): Promise<void> {
  await recordTouch(ctx, {
    externalId,
    channel: 'ticket',
    direction: said.author === 'customer' ? 'inbound' : 'outbound',
    startedAt: said.at,
    prospectId: said.prospectId,
    accountId: said.accountId,
    userId: said.userId,
    metadata: { ticket_id: ticketId, priority: said.priority, via: said.channel },
  });
}
