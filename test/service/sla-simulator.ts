import { DateTime } from 'luxon';
import { type BusinessCalendar, minutesOf, WEEKDAYS } from '../../domain/core/business-calendar.rules.ts';
import type { SlaTerms } from '../../domain/service/sla.rules.ts';
import type { TicketPriority, TicketStatus } from '../../domain/service/ticket.rules.ts';

/** What happens to a ticket at a minute; instants are minutes since the beginning. */
export type TicketStep =
  | { readonly kind: 'status'; readonly to: TicketStatus }
  | { readonly kind: 'priority'; readonly to: TicketPriority }
  | { readonly kind: 'reply'; readonly by: 'agent' | 'customer' }
  | { readonly kind: 'note' }
  | { readonly kind: 'team'; readonly to: string | null };

export interface SimulatedTicket {
  status: TicketStatus;
  priority: TicketPriority;
  team: string | null;
  firstResponded: boolean;
  waiting: boolean;
  waits: number;
}

export const newTicket = (priority: TicketPriority): SimulatedTicket => ({
  status: 'new',
  priority,
  team: null,
  firstResponded: false,
  waiting: false,
  waits: 0,
});

const isOver = (status: TicketStatus) => status === 'resolved' || status === 'closed';

/** The rules of the conversation once more, said plainly. */
export function applyStep(ticket: SimulatedTicket, step: TicketStep): void {
  if (step.kind === 'status') {
    if (isOver(step.to) && !isOver(ticket.status)) ticket.waiting = false;
    ticket.status = step.to;
  }
  if (step.kind === 'priority') ticket.priority = step.to;
  if (step.kind === 'team') ticket.team = step.to;
  if (step.kind === 'reply' && step.by === 'agent') {
    ticket.firstResponded = true;
    ticket.waiting = false;
    if (ticket.status === 'new') ticket.status = 'open';
  }
  if (step.kind === 'reply' && step.by === 'customer') {
    if (ticket.firstResponded && !ticket.waiting) {
      ticket.waiting = true;
      ticket.waits++;
    }
    if (ticket.status === 'pending' || ticket.status === 'resolved') ticket.status = 'open';
  }
}

/** Whether each minute is open, asked of the clock on the wall one minute after the other. */
export function openMinutes(calendar: BusinessCalendar | null, start: number, minutes: number): boolean[] {
  return Array.from({ length: minutes }, (_, index) => {
    if (calendar === null) return true;
    const local = DateTime.fromMillis(start + index * 60_000, { zone: calendar.timezone });
    const minute = local.hour * 60 + local.minute;
    if (calendar.holidays.includes(local.toISODate()!)) return false;
    const hours = calendar.days[WEEKDAYS[local.weekday - 1]!] ?? [];
    return hours.some(({ start: from, end }) => minute >= minutesOf(from) && minute < minutesOf(end));
  });
}

export interface SimulatedPolicy {
  readonly terms: SlaTerms;
  readonly open: readonly boolean[];
}

interface Simulation {
  readonly created: number;
  readonly until: number;
  readonly priority: TicketPriority;
  readonly steps: ReadonlyMap<number, readonly TicketStep[]>;
  /** The policy that a ticket falls under at a minute. */
  policyAt(minute: number, ticket: SimulatedTicket): SimulatedPolicy | null;
}

/** Counts every minute of a ticket one by one; answers `metric:wait:kind:step@minute`, sorted. */
export function simulate({ created, until, priority, steps, policyAt }: Simulation): string[] {
  const ticket = newTicket(priority);
  const told = new Map<string, number>();
  const counted = { first_response: 0, next_response: 0, resolution: 0 };
  const check = (minute: number, terms = policyAt(minute, ticket)?.terms): void => {
    const target = terms?.targets[ticket.priority];
    if (!terms || !target || isOver(ticket.status)) return;
    const ask = (metric: keyof typeof counted, wait: number, minutes: number | undefined) => {
      if (minutes === undefined) return;
      const warning =
        terms.warnBeforeMinutes === null
          ? (minutes * terms.warnAtPercent) / 100
          : Math.max(0, minutes - terms.warnBeforeMinutes);
      const tell = (kind: string, step: number, threshold: number) => {
        const key = `${metric}:${wait}:${kind}:${step}`;
        if (counted[metric] >= threshold && !told.has(key)) told.set(key, minute);
      };
      tell('warning', 0, warning);
      tell('breach', 0, minutes);
      for (const [index, { afterMinutes }] of terms.escalations.entries()) {
        tell('escalation', index + 1, minutes + afterMinutes);
      }
    };
    if (!ticket.firstResponded) ask('first_response', 0, target.firstResponseMinutes);
    if (ticket.waiting) ask('next_response', ticket.waits, target.nextResponseMinutes);
    ask('resolution', 0, target.resolutionMinutes);
  };
  for (let minute = created; minute <= until; minute++) {
    // What the minute before made due comes before all that this minute changes, policies too.
    if (minute > created) check(minute, policyAt(minute - 1, ticket)?.terms);
    for (const step of steps.get(minute) ?? []) {
      check(minute);
      const waits = ticket.waits;
      applyStep(ticket, step);
      if (ticket.waits > waits) counted.next_response = 0;
    }
    check(minute);
    const policy = policyAt(minute, ticket);
    if (policy?.open[minute] && (ticket.status === 'new' || ticket.status === 'open')) {
      counted.first_response++;
      counted.next_response++;
      counted.resolution++;
    }
  }
  return [...told].map(([key, minute]) => `${key}@${minute}`).sort();
}
