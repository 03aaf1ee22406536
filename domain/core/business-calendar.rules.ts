import { type TimeZone, zoneNamed } from './time-zone.rules.ts';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** By the clock on the wall, `HH:MM`; the end is not part of it and may be `24:00`. */
export interface OpenInterval {
  readonly start: string;
  readonly end: string;
}

/** When somebody is at work. Days that are not named are closed. */
export interface BusinessCalendar {
  /** IANA name. */
  readonly timezone: string;
  readonly days: { readonly [day in Weekday]?: readonly OpenInterval[] | undefined };
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
}

/** Milliseconds since 1970; `until` is exclusive. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Arithmetic on open hours; instants and durations are milliseconds. */
export interface BusinessTime {
  isOpen(at: number): boolean;
  /** Open stretches of a time, in order, neighbours joined. */
  spans(from: number, until: number): Iterable<Span>;
  /** How much of a time is open; 0 when it ends before it begins. */
  between(from: number, until: number): number;
  /** The first instant by which so much was open. Null: not within ten years. */
  add(from: number, duration: number): number | null;
  /** That instant, or the next one that is open. Null: not within ten years. */
  nextOpen(at: number): number | null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const HORIZON_MS = 3_653 * DAY_MS;
/** The day 0 of the era was a Thursday. */
const weekdayOf = (day: number): Weekday => WEEKDAYS[(((day + 3) % 7) + 7) % 7]!;

/**
 * A moment is open when the clock on the wall shows a time of an interval on a day that is no holiday. So an hour that the clocks
 * skip is not counted and one that they repeat is counted twice. Null is around the clock.
 */
export function businessTime(calendar: BusinessCalendar | null, zone?: TimeZone): BusinessTime {
  const spans = calendar === null ? wholeSpan : openSpans(calendar, zone ?? zoneNamed(calendar.timezone));
  const between = (from: number, until: number): number => {
    let open = 0;
    for (const span of spans(from, until)) open += span.until - span.from;
    return open;
  };
  const nextOpen = (at: number): number | null => {
    for (const span of spans(at, at + HORIZON_MS)) return span.from;
    return null;
  };
  const add = (from: number, duration: number): number | null => {
    let left = duration;
    if (left <= 0) return from;
    if (calendar === null) return from + left;
    for (const span of spans(from, from + HORIZON_MS)) {
      const length = span.until - span.from;
      // Exactly at closing time is still that day.
      if (left <= length) return span.from + left;
      left -= length;
    }
    return null;
  };
  return { isOpen: (at) => between(at, at + 1) > 0, spans, between, add, nextOpen };
}

function* wholeSpan(from: number, until: number): Generator<Span> {
  if (from < until) yield { from, until };
}

function openSpans(calendar: BusinessCalendar, zone: TimeZone): (from: number, until: number) => Generator<Span> {
  const hours = new Map(WEEKDAYS.map((day) => [day, joined(calendar.days[day] ?? [])]));
  const holidays = new Set(calendar.holidays.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS));
  function* pieces(from: number, until: number): Generator<Span> {
    for (let at = from; at < until; ) {
      const piece = zone(at);
      const end = Math.min(piece.until, until);
      const lastDay = Math.floor((end - 1 + piece.offsetMs) / DAY_MS);
      for (let day = Math.floor((at + piece.offsetMs) / DAY_MS); day <= lastDay; day++) {
        if (holidays.has(day)) continue;
        const midnight = day * DAY_MS - piece.offsetMs;
        for (const hour of hours.get(weekdayOf(day))!) {
          const span = { from: Math.max(midnight + hour.from, at), until: Math.min(midnight + hour.until, end) };
          if (span.from < span.until) yield span;
        }
      }
      at = end;
    }
  }
  return function* spans(from, until) {
    let open: Span | undefined;
    for (const span of pieces(from, until)) {
      if (open?.until === span.from) {
        open = { from: open.from, until: span.until };
        continue;
      }
      if (open) yield open;
      open = span;
    }
    if (open) yield open;
  };
}

/** Minutes of a time on a wall since midnight. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Intervals of a day in milliseconds, in order; those that touch or overlap are one. */
function joined(intervals: readonly OpenInterval[]): Span[] {
  const sorted = intervals
    .map(({ start, end }) => ({ from: minutesOf(start) * MINUTE_MS, until: minutesOf(end) * MINUTE_MS }))
    .sort((a, b) => a.from - b.from);
  const result: Span[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (last && next.from <= last.until) {
      result[result.length - 1] = { from: last.from, until: Math.max(last.until, next.until) };
    } else {
      result.push(next);
    }
  }
  return result;
}
