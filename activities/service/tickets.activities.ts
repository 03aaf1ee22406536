import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { attendTicket, type TicketAttention } from '../../services/service/index.ts';
import type { TicketSlaInput } from '../../workflows/service/ticket-sla.contract.ts';

export type TicketActivities = ReturnType<typeof createTicketActivities>;

export interface TicketsDeps {
  db: Db;
  clock: Clock;
  faultPoint: FaultPoint;
}

export function createTicketActivities({ db, clock, faultPoint }: TicketsDeps) {
  return {
    /** Tells what is due of a ticket's clocks and says when to look again. */
    ticketsAttend: async ({ organizationId, ...target }: TicketSlaInput): Promise<TicketAttention> => {
      await faultPoint('tickets.before-attend');
      const attention = await inTransaction(
        db,
        { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() },
        (ctx) => attendTicket(ctx, target),
      );
      await faultPoint('tickets.after-attend');
      return attention;
    },
  };
}
