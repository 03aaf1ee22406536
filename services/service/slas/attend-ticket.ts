import { sql } from 'kysely';
import { REOPEN_WINDOW_SECONDS } from '../../../domain/service/ticket.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { moveTicket } from '../tickets/change-status.ts';
import { holdClock, keepClock } from './ticket-clock.ts';

/** `waitMs` null: until something changes. */
export type TicketAttention =
  | { readonly status: 'waiting'; readonly waitMs: number | null }
  | { readonly status: 'closed' | 'deleted' | 'replaced' };

interface Row {
  status: string;
  generation: number;
  resolvedAt: Date | null;
  deleted: boolean;
}

const readRow = async (ctx: Ctx, id: string): Promise<Row | undefined> => {
  const { rows } = await sql<Row>`
    select status, generation, resolved_at as "resolvedAt", deleted_at is not null as deleted
    from tickets where organization_id = ${ctx.organizationId} and id = ${id} for no key update`.execute(ctx.tx);
  return rows[0];
};

/** One look of the process: tells what is due, closes what nobody came back to, and says when to look again. Repeating it changes nothing. */
export async function attendTicket(
  ctx: Ctx,
  { ticketId: id, generation }: { ticketId: string; generation: number },
): Promise<TicketAttention> {
  const row = await readRow(ctx, id);
  if (!row || row.deleted) return { status: 'deleted' };
  if (row.generation !== generation) return { status: 'replaced' };
  if (row.status === 'closed') return { status: 'closed' };
  const clock = await holdClock(ctx, id);
  if (row.status === 'resolved' && row.resolvedAt && ctx.now.getTime() >= endOfWindow(row.resolvedAt)) {
    const facts = await moveTicket(ctx, id, 'resolved', 'closed');
    await keepClock(ctx, clock, { cause: 'status', facts });
    return { status: 'closed' };
  }
  const lookAt = await keepClock(ctx, clock);
  return { status: 'waiting', waitMs: lookAt === null ? null : Math.max(lookAt.getTime() - ctx.now.getTime(), 1) };
}

const endOfWindow = (resolvedAt: Date): number => resolvedAt.getTime() + REOPEN_WINDOW_SECONDS * 1000;
