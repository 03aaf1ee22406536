import { type BusinessCalendar, businessTime, type Span, WEEKDAYS } from '../core/business-calendar.rules.ts';
import { isOpenTicket, type TicketPriority, type TicketStatus } from './ticket.rules.ts';

export const SLA_METRICS = ['first_response', 'next_response', 'resolution'] as const;
export type SlaMetric = (typeof SLA_METRICS)[number];
export const SLA_NOTICES = ['warning', 'breach', 'escalation'] as const;
export type SlaNoticeKind = (typeof SLA_NOTICES)[number];

export interface SlaTarget {
  readonly firstResponseMinutes?: number | undefined;
  readonly nextResponseMinutes?: number | undefined;
  readonly resolutionMinutes?: number | undefined;
}

/** Who else is told when a breach has lasted for a while. */
export interface SlaEscalation {
  /** Minutes of business time after the breach. */
  readonly afterMinutes: number;
  readonly userIds: readonly string[];
}

/** What a version of a policy promises. */
export interface SlaTerms {
  readonly targets: { readonly [priority in TicketPriority]?: SlaTarget | undefined };
  /** Null: around the clock. */
  readonly calendar: BusinessCalendar | null;
  readonly warnAtPercent: number;
  /** Takes the place of the percentage: so much business time before it is due. */
  readonly warnBeforeMinutes: number | null;
  readonly escalations: readonly SlaEscalation[];
}

/** From this moment on the ticket was like this; instants are milliseconds since 1970. */
export interface SlaPeriod {
  readonly from: number;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  /** Null: nothing was promised. */
  readonly terms: SlaTerms | null;
}

/** All that the clocks of a ticket depend on. */
export interface SlaFacts {
  /** In order; the first begins with the ticket. */
  readonly periods: readonly SlaPeriod[];
  readonly firstRespondedAt: number | null;
  /** Since when the customer waits for another answer; null: nobody waits. */
  readonly awaitingSince: number | null;
  /** Waits so far, the present one included. */
  readonly waits: number;
  readonly resolvedAt: number | null;
}

export interface SlaClock {
  readonly metric: SlaMetric;
  /** 0, and the number of the wait for the next response. */
  readonly wait: number;
  readonly startedAt: number;
  /** What was promised has been done. */
  readonly metAt: number | null;
  readonly targetMs: number;
  /** Business time that counted, up to now or to `metAt`. */
  readonly countedMs: number;
  /** Null while paused: it depends on how long that lasts. */
  readonly dueAt: number | null;
  readonly paused: boolean;
  readonly breached: boolean;
}

export interface SlaNotice {
  readonly metric: SlaMetric;
  readonly wait: number;
  readonly kind: SlaNoticeKind;
  /** Of an escalation, from 1 on; else 0. */
  readonly step: number;
  readonly at: number;
}

const MINUTE_MS = 60_000;
const MINUTES_OF: Readonly<Record<SlaMetric, keyof SlaTarget>> = {
  first_response: 'firstResponseMinutes',
  next_response: 'nextResponseMinutes',
  resolution: 'resolutionMinutes',
};

/** Time counts while somebody is expected to work on it and something was promised: not while it waits for the customer. */
const counts = ({ status, terms }: SlaPeriod): boolean =>
  terms !== null && status !== 'pending' && isOpenTicket(status);

/** Periods that overlap a time, cut to it; the last one may be open. */
function* within(periods: readonly SlaPeriod[], from: number, until: number): Generator<[SlaPeriod, Span]> {
  for (const [index, period] of periods.entries()) {
    const span = { from: Math.max(period.from, from), until: Math.min(periods[index + 1]?.from ?? Infinity, until) };
    if (span.from < span.until) yield [period, span];
  }
}

/** Business time that counted in a time, each stretch by the hours that held then. */
export function countedBetween(periods: readonly SlaPeriod[], from: number, until: number): number {
  let counted = 0;
  for (const [period, span] of within(periods, from, until)) {
    if (counts(period)) counted += businessTime(period.terms!.calendar).between(span.from, span.until);
  }
  return counted;
}

/** The instant at which so much has counted since `from`, if all stays as it is; null: it never will. */
export function reachedAt(periods: readonly SlaPeriod[], from: number, duration: number): number | null {
  let left = duration;
  for (const [period, span] of within(periods, from, Infinity)) {
    if (!counts(period)) continue;
    const time = businessTime(period.terms!.calendar);
    const reached = time.add(span.from, left);
    if (reached !== null && reached <= span.until) return reached;
    if (span.until === Infinity) return null;
    left -= time.between(span.from, span.until);
  }
  return null;
}

/** When each clock began and what would stop it; one that nobody has started is absent. */
function runsOf(facts: SlaFacts): { metric: SlaMetric; wait: number; startedAt: number; metAt: number | null }[] {
  const opened = facts.periods[0]!.from;
  return [
    { metric: 'first_response', wait: 0, startedAt: opened, metAt: facts.firstRespondedAt },
    ...(facts.awaitingSince === null || facts.firstRespondedAt === null
      ? []
      : [{ metric: 'next_response' as const, wait: facts.waits, startedAt: facts.awaitingSince, metAt: null }]),
    { metric: 'resolution', wait: 0, startedAt: opened, metAt: facts.resolvedAt },
  ];
}

/** The promises of the present period, each with its clock; none where nothing is promised for the priority. */
export function clocksOf(facts: SlaFacts, now: number): SlaClock[] {
  const { periods } = facts;
  const current = periods.at(-1)!;
  return runsOf(facts).flatMap(({ metric, wait, startedAt, metAt }) => {
    const minutes = current.terms?.targets[current.priority]?.[MINUTES_OF[metric]];
    if (minutes === undefined) return [];
    const targetMs = minutes * MINUTE_MS;
    const countedMs = countedBetween(periods, startedAt, metAt ?? now);
    const dueAt = reachedAt(periods, startedAt, targetMs);
    const breached = countedMs >= targetMs;
    return [{ metric, wait, startedAt, metAt, targetMs, countedMs, dueAt, paused: !counts(current), breached }];
  });
}

export const noticeKey = ({ metric, wait, kind, step }: Omit<SlaNotice, 'at'>): string =>
  `${metric}:${wait}:${kind}:${step}`;

/**
 * What has to be told by now and has not been, and when to look again (null: nothing will come unless something changes).
 * Each warning, breach and step is told once, dated when it became true: by the clock, or by the change that moved it.
 */
export function noticesOf(
  facts: SlaFacts,
  told: ReadonlySet<string>,
  now: number,
): { due: SlaNotice[]; nextAt: number | null } {
  const { periods } = facts;
  const current = periods.at(-1)!;
  const due: SlaNotice[] = [];
  let nextAt: number | null = null;
  // What is over is late no more, whatever a policy says afterwards.
  if (!isOpenTicket(current.status)) return { due, nextAt };
  for (const clock of clocksOf(facts, now)) {
    if (clock.metAt !== null) continue;
    for (const { threshold, ...which } of thresholdsOf(clock, current.terms!)) {
      if (told.has(noticeKey(which))) continue;
      const reached = reachedAt(periods, clock.startedAt, threshold);
      if (reached === null) continue;
      const at = Math.max(reached, current.from);
      if (at <= now) due.push({ ...which, at });
      else nextAt = Math.min(nextAt ?? Infinity, at);
    }
  }
  return { due: due.sort((a, b) => a.at - b.at), nextAt };
}

function thresholdsOf(clock: SlaClock, terms: SlaTerms): (Omit<SlaNotice, 'at'> & { threshold: number })[] {
  const { metric, wait, targetMs } = clock;
  const warning =
    terms.warnBeforeMinutes === null
      ? (targetMs * terms.warnAtPercent) / 100
      : Math.max(0, targetMs - terms.warnBeforeMinutes * MINUTE_MS);
  return [
    { metric, wait, kind: 'warning', step: 0, threshold: warning },
    { metric, wait, kind: 'breach', step: 0, threshold: targetMs },
    ...terms.escalations.map(({ afterMinutes }, index) => ({
      metric,
      wait,
      kind: 'escalation' as const,
      step: index + 1,
      threshold: targetMs + afterMinutes * MINUTE_MS,
    })),
  ];
}

export type SlaState = 'none' | 'running' | 'paused' | 'warned' | 'breached' | 'met';

/** One word for lists: the worst that is going on. */
export function slaStateOf(clocks: readonly SlaClock[], told: ReadonlySet<string>): SlaState {
  if (clocks.length === 0) return 'none';
  const has = (kind: SlaNoticeKind, { metric, wait }: SlaClock) => told.has(noticeKey({ metric, wait, kind, step: 0 }));
  if (clocks.some((clock) => has('breach', clock))) return 'breached';
  const running = clocks.filter(({ metAt }) => metAt === null);
  if (running.length === 0) return 'met';
  if (running.every(({ paused }) => paused)) return 'paused';
  return running.some((clock) => has('warning', clock)) ? 'warned' : 'running';
}

export type SlaReason = 'counting' | 'outside_hours' | 'holiday' | 'pending' | 'resolved' | 'closed' | 'no_policy';

/** A stretch of a ticket's life and what it meant for its clocks. */
export interface SlaStretch extends Span {
  readonly counted: boolean;
  readonly reason: SlaReason;
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
}

/** Every moment from the beginning on, in order and without a gap. */
export function explain(periods: readonly SlaPeriod[], until: number): SlaStretch[] {
  const stretches: SlaStretch[] = [];
  for (const [period, span] of within(periods, periods[0]!.from, until)) {
    const { status, priority, terms } = period;
    const add = (part: Span, reason: SlaReason) => {
      if (part.from < part.until) {
        stretches.push({ ...part, counted: reason === 'counting', reason, status, priority });
      }
    };
    if (!counts(period)) {
      add(span, terms === null && isOpenTicket(status) ? 'no_policy' : (status as 'pending' | 'resolved' | 'closed'));
      continue;
    }
    let at = span.from;
    for (const open of businessTime(terms!.calendar).spans(span.from, span.until)) {
      for (const [closed, reason] of closedParts(terms!.calendar, at, open.from)) add(closed, reason);
      add(open, 'counting');
      at = open.until;
    }
    for (const [closed, reason] of closedParts(terms!.calendar, at, span.until)) add(closed, reason);
  }
  return stretches;
}

const ALL_DAY = [{ start: '00:00', end: '24:00' }];

/** A closed time, told apart into holidays and the rest. */
function* closedParts(
  calendar: BusinessCalendar | null,
  from: number,
  until: number,
): Generator<[Span, 'holiday' | 'outside_hours']> {
  if (calendar === null || from >= until) return;
  const workdays = businessTime({ ...calendar, days: Object.fromEntries(WEEKDAYS.map((day) => [day, ALL_DAY])) });
  let at = from;
  for (const span of workdays.spans(from, until)) {
    if (at < span.from) yield [{ from: at, until: span.from }, 'holiday'];
    yield [span, 'outside_hours'];
    at = span.until;
  }
  if (at < until) yield [{ from: at, until }, 'holiday'];
}
