import type { SlaMetric } from '../../domain/service/sla.rules.ts';
import type { TicketStatus } from '../../domain/service/ticket.rules.ts';
import { defineEvent } from '../core/events.ts';

interface TicketFact {
  id: string;
}
interface SlaFact extends TicketFact {
  metric: SlaMetric;
  /** When it became true. */
  dueAt: string;
}

export const ticketCreated = defineEvent<TicketFact>('ticket.created', 'ticket');
export const ticketUpdated = defineEvent<TicketFact & { fields: string[] }>('ticket.updated', 'ticket');
export const ticketStatusChanged = defineEvent<TicketFact & { from: TicketStatus; to: TicketStatus }>(
  'ticket.status_changed',
  'ticket',
);
export const ticketAssigned = defineEvent<TicketFact & { assigneeId: string | null; teamId: string | null }>(
  'ticket.assigned',
  'ticket',
);
export const ticketReplied = defineEvent<TicketFact & { replyId: string; author: string; isInternal: boolean }>(
  'ticket.replied',
  'ticket',
);
export const ticketResolved = defineEvent<TicketFact>('ticket.resolved', 'ticket');
export const ticketReopened = defineEvent<TicketFact>('ticket.reopened', 'ticket');
export const ticketClosed = defineEvent<TicketFact>('ticket.closed', 'ticket');
export const ticketMerged = defineEvent<{ mergeId: string; sourceId: string; targetId: string }>(
  'ticket.merged',
  'ticket',
);
export const ticketSlaWarning = defineEvent<SlaFact>('ticket.sla_warning', 'ticket');
export const ticketSlaBreached = defineEvent<SlaFact>('ticket.sla_breached', 'ticket');
export const ticketSlaEscalated = defineEvent<SlaFact & { step: number }>('ticket.sla_escalated', 'ticket');
export const ticketRated = defineEvent<TicketFact & { score: number }>('ticket.rated', 'ticket');
/** The first of a chain names no ticket; the others go on after one. */
export const slaChanged = defineEvent<{ id: string; number: number; afterTicketId: string | null }>(
  'sla.changed',
  'sla',
);
