import type { BusinessCalendar } from '../../domain/core/business-calendar.rules.ts';
import { zoneNamed } from '../../domain/core/time-zone.rules.ts';
import { TICKET_PRIORITIES, TICKET_TRANSITIONS } from '../../domain/service/ticket.rules.ts';
import type { TicketStep } from './sla-simulator.ts';

/** Small and repeatable. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Of Berlin. */
export function changeOfClocksAfter(now: number): number {
  const zone = zoneNamed('Europe/Berlin');
  let at = zone(now).until;
  // A zone's pieces may also end where a year does.
  while (zone(at).offsetMs === zone(at - 1).offsetMs) at = zone(at).until;
  return at;
}

/** Around a beginning: always open, an office with a holiday, nights and weekends, another zone. */
export function calendarsOf(start: number): (BusinessCalendar | null)[] {
  const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
  const days = (...hours: [string, string][]) =>
    Object.fromEntries(weekdays.map((day) => [day, hours.map(([from, end]) => ({ start: from, end }))]));
  const holiday = new Date(start + 4 * 1440 * 60_000).toISOString().slice(0, 10);
  const night = [{ start: '00:00', end: '06:00' }];
  return [
    null,
    { timezone: 'Europe/Berlin', days: days(['09:00', '12:30'], ['13:30', '18:00']), holidays: [holiday] },
    {
      timezone: 'Europe/Berlin',
      days: { ...days(['08:00', '20:00']), saturday: night, sunday: [...night, { start: '22:00', end: '24:00' }] },
      holidays: [],
    },
    { timezone: 'Asia/Kathmandu', days: days(['10:00', '17:00']), holidays: [] },
  ];
}

/** Something that can happen to a ticket of this status. */
export function randomStep(
  random: (below: number) => number,
  status: keyof typeof TICKET_TRANSITIONS,
  teamId: string,
): TicketStep {
  const kind = random(10);
  if (kind < 4) {
    const to = TICKET_TRANSITIONS[status].filter((one) => one !== 'closed');
    return to.length > 0 ? { kind: 'status', to: to[random(to.length)]! } : { kind: 'note' };
  }
  if (kind < 6) return { kind: 'priority', to: TICKET_PRIORITIES[random(4)]! };
  if (kind < 7) return { kind: 'team', to: random(2) === 0 ? teamId : null };
  if (kind < 8) return { kind: 'note' };
  return { kind: 'reply', by: random(2) === 0 ? 'agent' : 'customer' };
}
