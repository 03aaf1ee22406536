import { sql } from 'kysely';
import { conflict, invalid } from '../../../domain/core/errors.ts';
import { firstNameOf, renderCanned } from '../../../domain/service/canned-response.rules.ts';
import { statusAfterReply, type TicketStatus } from '../../../domain/service/ticket.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, letGo, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import type { Mailing } from '../../platform/sends/index.ts';
import { readCannedResponse } from '../canned-responses/canned-responses.ts';
import { ticketReplied } from '../events.ts';
import { holdClock, keepClock } from '../slas/ticket-clock.ts';
import { keepAttachments, type StagedAttachment } from './attachments.ts';
import { moveTicket, requireTransition } from './change-status.ts';
import { mailReply } from './mail-reply.ts';
import { type ReplyView, readReply } from './reply-view.ts';
import { type LockedTicket, lockTicket } from './ticket-row.ts';

export interface ReplyInput {
  id: string;
  body?: string | undefined;
  /** A note for colleagues: the customer never sees it and it answers nothing. */
  isInternal?: boolean | undefined;
  cannedResponseId?: string | undefined;
  /** Where the ticket goes with this reply. */
  status?: TicketStatus | undefined;
  expectedVersion?: number | undefined;
  mailing: Mailing;
}

/**
 * A word of whoever is signed in. A public one goes to the requester in the same thread and answers what they waited for.
 * @throws AppError not_found; precondition_failed; validation; conflict `TICKET_CLOSED`, `TICKET_STATUS`.
 */
export const replyToTicket = verb(
  { permission: 'tickets.edit' },
  async (ctx, input: ReplyInput): Promise<ReplyView> => {
    const ticket = await lockTicket(ctx, input.id, input.expectedVersion);
    const isInternal = input.isInternal ?? false;
    const body = await bodyOf(ctx, input);
    const replyId = await writeReply(ctx, ticket, {
      author: { kind: 'agent', id: ctx.principal.userId ?? null },
      body,
      isInternal,
      cannedResponseId: input.cannedResponseId ?? null,
      channel: 'api',
      status: input.status,
    });
    if (!isInternal) await mailReply(ctx, input.mailing, replyId);
    await audit(ctx, 'ticket.reply', { entityType: 'ticket', entityId: input.id, after: { replyId, isInternal } });
    return readReply(ctx, replyId);
  },
);

export interface ReplyAuthor {
  readonly kind: 'agent' | 'customer' | 'system';
  readonly id?: string | null;
  readonly email?: string | null;
  readonly name?: string | null;
}

export interface ReplyFacts {
  readonly author: ReplyAuthor;
  readonly body: string;
  readonly isInternal: boolean;
  readonly channel: string;
  readonly cannedResponseId?: string | null;
  readonly messageId?: string | null;
  readonly status?: TicketStatus | undefined;
  readonly attachments?: readonly StagedAttachment[];
}

/**
 * Writes a word into the conversation with all that follows: the status, who waits for whom, the clocks, the event. The
 * caller holds the ticket. @throws AppError conflict `TICKET_CLOSED`, `TICKET_STATUS`.
 */
export async function writeReply(ctx: Ctx, ticket: LockedTicket, reply: ReplyFacts): Promise<string> {
  const { id: ticketId } = ticket;
  const { author, isInternal } = reply;
  if (ticket.status === 'closed' && !isInternal) {
    throw conflict('TICKET_CLOSED', 'The ticket is closed.', {
      hint: 'Create a new ticket, or write an internal note.',
    });
  }
  const status = reply.status ?? (isInternal ? ticket.status : statusAfterReply(ticket.status, author.kind));
  requireTransition(ticket.status, status);
  const clock = await holdClock(ctx, ticketId);
  const id = uuidv7();
  const write = ctx.tx
    .insertInto('ticket_replies')
    .values({
      id,
      ticket_id: ticketId,
      written_at: ctx.now,
      author_kind: author.kind,
      author_id: author.id ?? null,
      author_email: author.email ?? null,
      author_name: author.name ?? null,
      body: reply.body,
      is_internal: isInternal,
      canned_response_id: reply.cannedResponseId ?? null,
      channel: reply.channel,
      message_id: reply.messageId ?? null,
    })
    .execute();
  await letGo(ctx, write);
  await keepAttachments(ctx, ticketId, id, reply.attachments ?? []);
  const answered = isInternal ? {} : answerOf(ctx, ticket, author.kind);
  const facts = await moveTicket(ctx, ticketId, ticket.status, status, answered);
  await emit(ctx, ticketReplied, {
    entityId: ticketId,
    data: { id: ticketId, replyId: id, author: author.kind, isInternal },
  });
  await keepClock(ctx, clock, facts ? { cause: 'replied', facts } : undefined);
  return id;
}

/** Only a public word of a person answers; the customer's word begins a wait unless one is going on. */
function answerOf(ctx: Ctx, ticket: LockedTicket, author: ReplyAuthor['kind']) {
  const begins = author === 'customer' && ticket.firstRespondedAt !== null && ticket.awaitingSince === null;
  return {
    last_reply_at: sql`${ctx.now}`,
    ...(author === 'agent'
      ? { first_responded_at: sql`coalesce(first_responded_at, ${ctx.now})`, awaiting_since: sql`null` }
      : {}),
    ...(begins ? { awaiting_since: sql`${ctx.now}`, waits: sql`waits + 1` } : {}),
  };
}

/** The text itself, or a canned one with its variables filled in; both: the canned one below. */
async function bodyOf(ctx: Ctx, { id, body, cannedResponseId }: ReplyInput): Promise<string> {
  if (cannedResponseId === undefined) {
    if (body === undefined) throw invalid('body', 'is required without cannedResponseId');
    return body;
  }
  const canned = await readCannedResponse(ctx, cannedResponseId).catch(() => {
    throw invalid('cannedResponseId', 'does not exist', cannedResponseId);
  });
  const { rows } = await sql<{
    number: number;
    subject: string;
    name: string | null;
    email: string | null;
    agent: string | null;
  }>`
    select t.number, t.subject, t.requester_name as name, t.requester_email as email,
           (select nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') from users u
            where u.organization_id = t.organization_id and u.id = ${ctx.principal.userId ?? null}::uuid) as agent
    from tickets t where t.organization_id = ${ctx.organizationId} and t.id = ${id}`.execute(ctx.tx);
  const { number, subject, name, email, agent } = rows[0]!;
  const rendered = renderCanned(canned.body, {
    'requester.name': name,
    'requester.firstName': firstNameOf(name),
    'requester.email': email,
    'ticket.number': String(number),
    'ticket.subject': subject,
    'agent.name': agent,
    'agent.firstName': firstNameOf(agent),
  });
  await ctx.tx
    .updateTable('canned_responses')
    .set((eb) => ({ used_count: eb('used_count', '+', 1) }))
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', cannedResponseId)
    .execute();
  return body === undefined ? rendered : `${body}\n\n${rendered}`;
}
