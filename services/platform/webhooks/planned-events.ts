import { defineEvent } from '../../core/events.ts';
import { type PublicEvent, publicEvent } from '../../core/public-events.ts';

/**
 * Names that a subscription may hold today although nothing sends them before their part of the product is there. Each
 * leaves this list for its own wing's.
 */
const uuid = { type: 'uuid', example: '019a9f00-0000-7000-8000-0000000000aa' } as const;
interface TicketFact {
  id: string;
}

export const PLANNED_EVENTS: readonly PublicEvent[] = [
  publicEvent(defineEvent<TicketFact>('ticket.created', 'ticket'), 'A ticket was created', { id: uuid }),
  publicEvent(defineEvent<TicketFact>('ticket.resolved', 'ticket'), 'A ticket was resolved', { id: uuid }),
].map((event) => ({ ...event, available: false }));
