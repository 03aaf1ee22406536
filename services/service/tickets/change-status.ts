import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import { isOpenTicket, TICKET_TRANSITIONS, type TicketStatus } from '../../../domain/service/ticket.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { ticketClosed, ticketReopened, ticketResolved, ticketStatusChanged } from '../events.ts';
import { advanceClock } from '../slas/ticket-clock.ts';
import type { LockedTicket } from './ticket-row.ts';

/** @throws AppError conflict `TICKET_STATUS` for a way that a ticket does not go. */
export function requireTransition(from: TicketStatus, to: TicketStatus): void {
  if (from === to || TICKET_TRANSITIONS[from].includes(to)) return;
  throw conflict('TICKET_STATUS', `A ticket does not go from ${from} to ${to}.`, {
    hint:
      from === 'closed'
        ? 'Create a new ticket for what has come up since.'
        : `Choose ${TICKET_TRANSITIONS[from].join(', ')}.`,
    details: { status: from, allowed: TICKET_TRANSITIONS[from] },
  });
}

/**
 * Writes the status with what follows from it and tells of it. The caller holds the row, has asked whether the ticket may go there, and
 * advances the clock.
 */
export async function moveTicket(ctx: Ctx, id: string, from: TicketStatus, to: TicketStatus): Promise<void> {
  if (from === to) return;
  const resolves = isOpenTicket(from) && !isOpenTicket(to);
  const reopens = !isOpenTicket(from) && isOpenTicket(to);
  await sql`
    update tickets set status = ${to},
      resolved_at = ${resolves ? sql`${ctx.now}` : reopens ? sql`null` : sql`resolved_at`},
      awaiting_since = ${resolves ? sql`null` : sql`awaiting_since`},
      closed_at = ${to === 'closed' ? sql`${ctx.now}` : sql`null`},
      reopened_count = reopened_count + ${reopens ? 1 : 0}
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  await emit(ctx, ticketStatusChanged, { entityId: id, data: { id, from, to } });
  if (resolves) await emit(ctx, ticketResolved, { entityId: id, data: { id } });
  if (reopens) await emit(ctx, ticketReopened, { entityId: id, data: { id } });
  if (to === 'closed') await emit(ctx, ticketClosed, { entityId: id, data: { id } });
}

/** Moves a ticket that the caller holds, and its clocks with it. @throws as `requireTransition`. */
export async function moveWithClock(ctx: Ctx, { id, status }: LockedTicket, to: TicketStatus): Promise<void> {
  requireTransition(status, to);
  await advanceClock(ctx, id);
  await moveTicket(ctx, id, status, to);
  await advanceClock(ctx, id, 'status');
}
