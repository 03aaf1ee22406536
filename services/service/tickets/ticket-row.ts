import { notFound } from '../../../domain/core/errors.ts';
import type { TicketPriority, TicketStatus } from '../../../domain/service/ticket.rules.ts';
import { startProcess } from '../../core/commands.ts';
import type { Ctx } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';

export interface LockedTicket {
  readonly id: string;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly generation: number;
  readonly firstRespondedAt: Date | null;
  readonly awaitingSince: Date | null;
  readonly waits: number;
  readonly mergedIntoId: string | null;
}

/** Whoever changes a ticket, its conversation or its clock holds its row. @throws AppError not_found; precondition_failed. */
export async function lockTicket(ctx: Ctx, id: string, expectedVersion?: number): Promise<LockedTicket> {
  const row = await ctx.tx
    .selectFrom('tickets')
    .select([
      'id',
      'version',
      'status',
      'priority',
      'generation',
      'first_responded_at as firstRespondedAt',
      'awaiting_since as awaitingSince',
      'waits',
      'merged_into_id as mergedIntoId',
    ])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The ticket');
  requireVersion(row.version, expectedVersion);
  const { version: _, ...ticket } = row;
  return ticket as LockedTicket;
}

/** The process that watches the ticket's clock from now on. */
export const watchTicket = (ctx: Ctx, ticketId: string, generation: number): Promise<void> =>
  startProcess(
    ctx,
    'ticketSla',
    { entityId: ticketId, generation },
    { organizationId: ctx.organizationId, ticketId, generation },
  );
