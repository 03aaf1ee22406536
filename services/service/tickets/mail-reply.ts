import { sql } from 'kysely';
import { renderMail } from '../../../domain/platform/mail.rules.ts';
import { replyAddress } from '../../../domain/service/inbound-mail.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type Mailing, planMessage } from '../../platform/sends/index.ts';

interface Thread {
  ticketId: string;
  number: number;
  subject: string;
  body: string;
  email: string | null;
  name: string | null;
  prospectId: string | null;
  accountId: string | null;
  userId: string | null;
  replyToken: string;
  mailbox: string | null;
  /** Ids of the mails of the thread, the oldest first. */
  earlier: string[];
}

/**
 * Sends a public word to the requester, in the thread that their mailer shows; nothing where nobody has an address or no
 * way to send mail is set up.
 */
export async function mailReply(ctx: Ctx, mailing: Mailing, replyId: string): Promise<void> {
  if (mailing.transport === null) return;
  const thread = await readThread(ctx, replyId);
  if (thread.email === null) return;
  const from = thread.mailbox ?? mailing.from;
  const messageId = `${replyId}@${new URL(mailing.publicUrl).hostname}`;
  const references = thread.earlier.slice(-20).map((id) => `<${id}>`);
  const sendId = await planMessage(ctx, mailing, {
    dedupeKey: `ticket-reply:${replyId}`,
    channel: 'email',
    purpose: 'transactional',
    from,
    to: { email: thread.email, name: thread.name },
    subject: { type: 'ticket', id: thread.ticketId },
    content: {
      ...renderMail({
        subject: `Re: ${thread.subject} [#${thread.number}]`,
        paragraphs: thread.body.split(/\n{2,}/),
      }),
      headers: {
        'Message-ID': `<${messageId}>`,
        'X-Revloop-Ticket': String(thread.number),
        ...(references.length > 0 ? { 'In-Reply-To': references.at(-1)!, References: references.join(' ') } : {}),
      },
      replyTo: replyAddress(from, thread.replyToken),
    },
    prospectId: thread.prospectId,
    accountId: thread.accountId,
    userId: thread.userId,
  });
  if (sendId === null) return;
  await ctx.tx
    .updateTable('ticket_replies')
    .set({ send_id: sendId, message_id: messageId })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', replyId)
    .execute();
}

async function readThread(ctx: Ctx, replyId: string): Promise<Thread> {
  const { rows } = await sql<Thread>`
    select t.id as "ticketId", t.number, t.subject, r.body, t.requester_email as email, t.requester_name as name,
           t.prospect_id as "prospectId", t.account_id as "accountId", r.author_id as "userId",
           t.reply_token as "replyToken",
           (select m.address from ticket_mailboxes m
            where m.organization_id = t.organization_id and m.id = t.mailbox_id and m.deleted_at is null) as mailbox,
           array(select id from (
                   select i.message_key as id, i.received_at as at from ticket_inbox i
                   where i.organization_id = t.organization_id and i.ticket_id = t.id
                   union
                   select e.message_id, e.written_at from ticket_replies e
                   where e.organization_id = t.organization_id and e.ticket_id = t.id and e.message_id is not null) mails
                 where id like '%@%' order by at, id) as earlier
    from ticket_replies r
    join tickets t on t.organization_id = r.organization_id and t.id = r.ticket_id
    where r.organization_id = ${ctx.organizationId} and r.id = ${replyId}`.execute(ctx.tx);
  return rows[0]!;
}
