import { defineSignal } from '@temporalio/workflow';

export interface TicketSlaInput {
  organizationId: string;
  ticketId: string;
  /** Raised when a ticket whose process has ended is there again. */
  generation: number;
}

export interface TicketSlaResult {
  status: 'closed' | 'deleted' | 'replaced';
}

/** Something that the clock depends on has changed: look at the rows. */
export const ticketChanged = defineSignal('ticketChanged');
