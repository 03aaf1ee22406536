import { type RawBuilder, sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import { isOpenTicket, TICKET_TRANSITIONS, type TicketStatus } from '../../../domain/service/ticket.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { ticketClosed, ticketReopened, ticketResolved, ticketStatusChanged } from '../events.ts';
import { TIMED_FACTS, type TimedFacts } from '../slas/clock-row.ts';
import { holdClock, keepClock } from '../slas/ticket-clock.ts';
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

type Columns = Readonly<Record<string, RawBuilder<unknown>>>;

/**
 * Writes the status with what follows from it, and `also`, and tells of it. The caller holds the row, has asked whether the ticket
 * may go there, and keeps the clock by what is answered: null when nothing was written.
 */
export async function moveTicket(
  ctx: Ctx,
  id: string,
  from: TicketStatus,
  to: TicketStatus,
  also: Columns = {},
): Promise<TimedFacts | null> {
  const moves = from !== to;
  const resolves = isOpenTicket(from) && !isOpenTicket(to);
  const reopens = !isOpenTicket(from) && isOpenTicket(to);
  const status: Columns = {
    status: sql`${to}`,
    ...(resolves ? { resolved_at: sql`${ctx.now}`, awaiting_since: sql`null` } : {}),
    ...(reopens ? { resolved_at: sql`null`, reopened_count: sql`reopened_count + 1` } : {}),
    closed_at: to === 'closed' ? sql`${ctx.now}` : sql`null`,
  };
  const columns = Object.entries({ ...also, ...(moves ? status : {}) });
  if (columns.length === 0) return null;
  const { rows } = await sql<TimedFacts>`
    update tickets set ${sql.join(columns.map(([column, value]) => sql`${sql.ref(column)} = ${value}`))}
    where organization_id = ${ctx.organizationId} and id = ${id}
    returning ${TIMED_FACTS}`.execute(ctx.tx);
  if (moves) {
    await emit(ctx, ticketStatusChanged, { entityId: id, data: { id, from, to } });
    if (resolves) await emit(ctx, ticketResolved, { entityId: id, data: { id } });
    if (reopens) await emit(ctx, ticketReopened, { entityId: id, data: { id } });
    if (to === 'closed') await emit(ctx, ticketClosed, { entityId: id, data: { id } });
  }
  return rows[0] ?? null;
}

/** Moves a ticket that the caller holds, and its clocks with it. @throws as `requireTransition`. */
export async function moveWithClock(ctx: Ctx, { id, status }: LockedTicket, to: TicketStatus): Promise<void> {
  requireTransition(status, to);
  const clock = await holdClock(ctx, id);
  const facts = await moveTicket(ctx, id, status, to);
  await keepClock(ctx, clock, { cause: 'status', facts });
}
