import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { requireRecords } from '../../crm/records/index.ts';
import { ticketAssigned } from '../events.ts';
import { advanceClock } from '../slas/ticket-clock.ts';
import { lockTicket } from './ticket-row.ts';
import { readTicket, type TicketDetail } from './ticket-view.ts';

export interface AssignTicketInput {
  id: string;
  expectedVersion?: number | undefined;
  /** Absent: stays; null: nobody. */
  assigneeId?: string | null | undefined;
  teamId?: string | null | undefined;
}

/** A policy that asks for the assignee or the team may take over. @throws AppError not_found; precondition_failed; validation. */
export const assignTicket = verb(
  { permission: 'tickets.edit' },
  async (ctx, { id, expectedVersion, ...given }: AssignTicketInput): Promise<TicketDetail> => {
    await lockTicket(ctx, id, expectedVersion);
    await requireRecords(ctx, given);
    const before = await readTicket(ctx, id);
    const assigneeId = given.assigneeId === undefined ? before.assigneeId : given.assigneeId;
    const teamId = given.teamId === undefined ? before.teamId : given.teamId;
    if (assigneeId === before.assigneeId && teamId === before.teamId) return before;
    await advanceClock(ctx, id);
    await ctx.tx
      .updateTable('tickets')
      .set({ assignee_id: assigneeId, team_id: teamId })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'ticket.assign', {
      entityType: 'ticket',
      entityId: id,
      before: { assigneeId: before.assigneeId, teamId: before.teamId },
      after: { assigneeId, teamId },
    });
    await emit(ctx, ticketAssigned, { entityId: id, data: { id, assigneeId, teamId } });
    await advanceClock(ctx, id, 'assigned');
    return readTicket(ctx, id);
  },
);
