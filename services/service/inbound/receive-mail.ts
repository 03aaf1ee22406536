import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  type InboundMail,
  type MailRefusal,
  messageIds,
  plainSubject,
  refusalOf,
  replyTokenOf,
  ticketNumberOf,
  withoutQuote,
} from '../../../domain/service/inbound-mail.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { keepAttachments, type StagedAttachment } from '../tickets/attachments.ts';
import { openTicket } from '../tickets/create-ticket.ts';
import { writeReply } from '../tickets/reply-to-ticket.ts';
import { lockTicket } from '../tickets/ticket-row.ts';

export interface ReceiveMailInput {
  mailboxId: string;
  mail: InboundMail;
  attachments: readonly StagedAttachment[];
}

export interface ReceivedMail {
  outcome: 'ticket' | 'reply' | 'refused';
  /** It was here before and changes nothing. */
  duplicate: boolean;
  ticketId: string | null;
  replyId: string | null;
  reason: MailRefusal | null;
}

/** Mails of one sender in an hour that become anything: whoever writes more is a machine that answers a machine. */
const MOST_PER_HOUR = 30;

/** A new ticket, or a word in the ticket that it answers; once per message. */
export const receiveMail = verb({ permission: null }, async (ctx, input: ReceiveMailInput): Promise<ReceivedMail> => {
  const { mail } = input;
  const key = messageIds(mail.headers.get('message-id'))[0] ?? fingerprint(mail);
  const earlier = await readReceived(ctx, key);
  if (earlier) return { ...earlier, duplicate: true };
  const mailbox = await readMailbox(ctx, input.mailboxId);
  const reason = refusalOf(mail, mailbox.own) ?? ((await isFlood(ctx, mail)) ? 'too_many' : null);
  const taken: Taken = reason === null ? await takeIn(ctx, input, key, mailbox.teamId) : NOTHING;
  await ctx.tx
    .insertInto('ticket_inbox')
    .values({
      message_key: key,
      received_at: ctx.now,
      from_email: mail.from?.email ?? null,
      subject: mail.subject.slice(0, 300),
      outcome: taken.outcome,
      reason,
      ticket_id: taken.ticketId,
      reply_id: taken.replyId,
    })
    .execute();
  return { ...taken, reason, duplicate: false };
});

type Taken = Pick<ReceivedMail, 'outcome' | 'ticketId' | 'replyId'>;
const NOTHING: Taken = { outcome: 'refused', ticketId: null, replyId: null };

async function takeIn(
  ctx: Ctx,
  { mail, mailboxId, attachments }: ReceiveMailInput,
  key: string,
  teamId: string | null,
): Promise<Taken> {
  const from = mail.from!;
  const ticketId = await findTicket(ctx, mail);
  if (ticketId !== null) {
    const ticket = await lockTicket(ctx, ticketId);
    if (ticket.status !== 'closed') {
      const replyId = await writeReply(ctx, ticket, {
        author: { kind: 'customer', email: from.email, name: from.name },
        body: withoutQuote(mail.text) || plainSubject(mail.subject) || '(no text)',
        isInternal: false,
        channel: 'email',
        messageId: key,
        attachments,
      });
      return { outcome: 'reply', ticketId, replyId };
    }
  }
  const ticket = await openTicket(ctx, {
    subject: plainSubject(mail.subject).slice(0, 300) || '(no subject)',
    description: mail.text.trim() || null,
    channel: 'email',
    requesterEmail: from.email,
    requesterName: from.name,
    ...(teamId === null ? {} : { teamId }),
  });
  await ctx.tx
    .updateTable('tickets')
    .set({ mailbox_id: mailboxId })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', ticket.id)
    .execute();
  await keepAttachments(ctx, ticket.id, null, attachments);
  return { outcome: 'ticket', ticketId: ticket.id, replyId: null };
}

/**
 * By the signed address, then by the mails that it answers, then by the number in the subject; the number alone can be guessed, so
 * it counts from whoever has written in the ticket before. A merged ticket goes on in the one that took it in.
 */
async function findTicket(ctx: Ctx, mail: InboundMail): Promise<string | null> {
  const ids = [...messageIds(mail.headers.get('in-reply-to')), ...messageIds(mail.headers.get('references'))];
  const { rows } = await sql<{ id: string }>`
    with recursive found as (
      select t.id, 1 as rank from tickets t
      where t.organization_id = ${ctx.organizationId} and t.reply_token = ${replyTokenOf(mail.to)}
      union all
      select r.ticket_id, 2 from ticket_replies r
      where r.organization_id = ${ctx.organizationId} and r.message_id = any(${sql.val(ids)}::text[])
      union all
      select i.ticket_id, 2 from ticket_inbox i
      where i.organization_id = ${ctx.organizationId} and i.message_key = any(${sql.val(ids)}::text[])
        and i.ticket_id is not null
      union all
      select t.id, 3 from tickets t
      where t.organization_id = ${ctx.organizationId} and t.number = ${ticketNumberOf(mail.subject)}::integer
        and (lower(t.requester_email) = ${mail.from!.email} or exists (
          select from ticket_replies r where r.organization_id = t.organization_id and r.ticket_id = t.id
            and lower(r.author_email) = ${mail.from!.email}))),
    first as (select id from found order by rank limit 1),
    chain as (
      select t.id, t.merged_into_id, 0 as depth from tickets t join first on t.organization_id = ${ctx.organizationId} and t.id = first.id
      union all
      select t.id, t.merged_into_id, c.depth + 1 from chain c
      join tickets t on t.organization_id = ${ctx.organizationId} and t.id = c.merged_into_id
      where c.depth < 20)
    select c.id from chain c join tickets t on t.organization_id = ${ctx.organizationId} and t.id = c.id
    where t.deleted_at is null order by c.depth desc limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

async function isFlood(ctx: Ctx, { from }: InboundMail): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ticket_inbox
    where organization_id = ${ctx.organizationId} and lower(from_email) = ${from!.email}
      and received_at > ${ctx.now}::timestamptz - interval '1 hour'`.execute(ctx.tx);
  return rows[0]!.count >= MOST_PER_HOUR;
}

async function readReceived(ctx: Ctx, key: string): Promise<Omit<ReceivedMail, 'duplicate'> | null> {
  const row = await ctx.tx
    .selectFrom('ticket_inbox')
    .select(['outcome', 'reason', 'ticket_id as ticketId', 'reply_id as replyId'])
    .where('organization_id', '=', ctx.organizationId)
    .where('message_key', '=', key)
    .executeTakeFirst();
  return row ? (row as Omit<ReceivedMail, 'duplicate'>) : null;
}

async function readMailbox(ctx: Ctx, id: string): Promise<{ own: Set<string>; teamId: string | null }> {
  const { rows } = await sql<{ address: string; id: string; teamId: string | null }>`
    select id, lower(address) as address, team_id as "teamId" from ticket_mailboxes
    where organization_id = ${ctx.organizationId} and deleted_at is null`.execute(ctx.tx);
  return {
    own: new Set(rows.map(({ address }) => address)),
    teamId: rows.find((row) => row.id === id)?.teamId ?? null,
  };
}

/** For a mail without an id of its own. */
const fingerprint = ({ from, subject, text, headers }: InboundMail): string =>
  createHash('sha256')
    .update(JSON.stringify([from?.email, subject, text, headers.get('date')]))
    .digest('hex');
