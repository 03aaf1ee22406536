import type { Ctx } from '../../core/context.ts';
import { type Mailing, planMail } from '../../platform/sends/index.ts';
import { readReply } from './reply-view.ts';
import { readTicket } from './ticket-view.ts';

/** Sends a public word to the requester; nothing where nobody has an address or no way to send mail is set up. */
export async function mailReply(ctx: Ctx, mailing: Mailing, replyId: string): Promise<void> {
  if (mailing.transport === null) return;
  const reply = await readReply(ctx, replyId);
  const ticket = await readTicket(ctx, reply.ticketId);
  if (ticket.requesterEmail === null) return;
  const sendId = await planMail(ctx, mailing, {
    dedupeKey: `ticket-reply:${replyId}`,
    purpose: 'one_to_one',
    to: { email: ticket.requesterEmail, name: ticket.requesterName },
    subject: { type: 'ticket', id: ticket.id },
    mail: { subject: `Re: ${ticket.subject} [#${ticket.number}]`, paragraphs: reply.body.split(/\n{2,}/) },
  });
  if (sendId === null) return;
  await ctx.tx
    .updateTable('ticket_replies')
    .set({ send_id: sendId })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', replyId)
    .execute();
}
