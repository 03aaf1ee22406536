import type { TicketSlaInput } from './ticket-sla.contract.ts';

/** The wing's part of the process map. */
export interface ServiceProcesses {
  ticketSla: { input: TicketSlaInput; signals: 'ticketChanged' };
}
