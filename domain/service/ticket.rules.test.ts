import { describe, expect, it } from 'vitest';
import { isOpenTicket, statusAfterReply, TICKET_STATUSES, TICKET_TRANSITIONS } from './ticket.rules.ts';

describe('a ticket', () => {
  it('is open until it is resolved or closed', () => {
    expect(TICKET_STATUSES.filter(isOpenTicket)).toEqual(['new', 'open', 'pending']);
  });

  it('stays closed, comes back when it was resolved, and is new once', () => {
    expect(TICKET_TRANSITIONS.closed).toEqual([]);
    expect(TICKET_TRANSITIONS.resolved).toEqual(['open', 'pending', 'closed']);
    expect(TICKET_TRANSITIONS.new).toEqual(['open', 'pending', 'resolved', 'closed']);
    expect(TICKET_TRANSITIONS.open).toEqual(['pending', 'resolved', 'closed']);
    expect(TICKET_TRANSITIONS.pending).toEqual(['open', 'resolved', 'closed']);
  });

  it('is opened by the first answer and woken by the word of the customer, and by nobody else', () => {
    const statusesAfter = (author: 'agent' | 'customer' | 'system') =>
      TICKET_STATUSES.map((status) => statusAfterReply(status, author));
    expect(statusesAfter('agent')).toEqual(['open', 'open', 'pending', 'resolved', 'closed']);
    expect(statusesAfter('customer')).toEqual(['new', 'open', 'open', 'open', 'closed']);
    expect(statusesAfter('system')).toEqual([...TICKET_STATUSES]);
  });
});
