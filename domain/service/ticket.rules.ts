export const TICKET_STATUSES = ['new', 'open', 'pending', 'resolved', 'closed'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];
export const TICKET_CHANNELS = ['api', 'email', 'portal', 'chat', 'phone', 'web', 'social'] as const;
export type TicketChannel = (typeof TICKET_CHANNELS)[number];

export const isOpenTicket = (status: TicketStatus): boolean => status !== 'resolved' && status !== 'closed';

/** A resolved ticket that nobody comes back to is closed after this time; until then the customer's word reopens it. */
export const REOPEN_WINDOW_SECONDS = 7 * 86_400;

/** Where a ticket may go. `new` is where it begins; a closed one stays closed, what comes then is a new ticket. */
export const TICKET_TRANSITIONS: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  new: ['open', 'pending', 'resolved', 'closed'],
  open: ['pending', 'resolved', 'closed'],
  pending: ['open', 'resolved', 'closed'],
  resolved: ['open', 'pending', 'closed'],
  closed: [],
};

/** What a public word does to the status: the first answer opens, the customer's word wakes what waited for it. */
export function statusAfterReply(status: TicketStatus, author: 'agent' | 'customer' | 'system'): TicketStatus {
  if (author === 'agent') return status === 'new' ? 'open' : status;
  if (author === 'customer') return status === 'pending' || status === 'resolved' ? 'open' : status;
  return status;
}
