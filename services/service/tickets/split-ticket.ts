import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { openTicket } from './create-ticket.ts';
import { lockTicket } from './ticket-row.ts';
import { readTicket, type TicketDetail } from './ticket-view.ts';

export interface SplitTicketInput {
  id: string;
  subject: string;
  /** They move to the new ticket, with their attachments. */
  replyIds: readonly string[];
}

/** Begins a ticket of its own with some of the words of another one; its clocks begin now. @throws AppError not_found; validation. */
export const splitTicket = verb(
  { permission: 'tickets.edit' },
  async (ctx, { id, subject, replyIds }: SplitTicketInput): Promise<TicketDetail> => {
    await lockTicket(ctx, id);
    await requireReplies(ctx, id, replyIds);
    const source = await readTicket(ctx, id);
    const { requesterEmail, requesterName, prospectId, accountId, priority, channel, language } = source;
    const created = await openTicket(ctx, {
      subject,
      requesterEmail,
      requesterName,
      prospectId,
      accountId,
      priority,
      channel,
      language,
      tags: source.tags,
      custom: source.custom,
      splitFromId: id,
    });
    for (const [table, column] of [
      ['ticket_replies', 'id'],
      ['ticket_attachments', 'reply_id'],
    ] as const) {
      await sql`
        update ${sql.table(table)} set ticket_id = ${created.id}
        where organization_id = ${ctx.organizationId} and ticket_id = ${id}
          and ${sql.ref(column)} = any(${sql.val(replyIds)}::uuid[])`.execute(ctx.tx);
    }
    await audit(ctx, 'ticket.split', {
      entityType: 'ticket',
      entityId: id,
      after: { createdId: created.id, replyIds },
    });
    return readTicket(ctx, created.id);
  },
);

async function requireReplies(ctx: Ctx, ticketId: string, replyIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from ticket_replies
    where organization_id = ${ctx.organizationId} and ticket_id = ${ticketId}
      and id = any(${sql.val(replyIds)}::uuid[])`.execute(ctx.tx);
  const found = new Set(rows.map(({ id }) => id));
  const at = replyIds.findIndex((id) => !found.has(id.toLowerCase()));
  if (at >= 0) throw invalid(`replyIds.${at}`, 'is no reply of this ticket', replyIds[at]);
}
