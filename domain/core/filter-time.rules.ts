/** Moments of a filter: `2026-01-15`, `2026-01-15T10:30:00Z`, `now-12h`, `today-7d`; spans: `30d`, `6mo`. */

export interface FilterClock {
  readonly now: Date;
  /** IANA name; decides where a day begins. */
  readonly timeZone: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/i;
// In a query string a plus that was not encoded arrives as a space.
const RELATIVE = /^(now|today)(?:([+ -])(\d{1,5})(m|h|d|w|mo|y))?$/;
const SPAN = /^(\d{1,5})(m|h|d|w|mo|y)$/;
const DAY_MS = 86_400_000;
const UNIT_MS = { m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS } as const;

type Unit = keyof typeof UNIT_MS | 'mo' | 'y';

/** A day of the calendar. */
export const isDay = (text: string): boolean => {
  if (!DAY.test(text) || text.startsWith('0000')) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
};

/** A date and a time with an offset. */
export const isInstant = (text: string): boolean => {
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return false;
  const year = new Date(text).getUTCFullYear();
  return year >= 1 && year <= 9999;
};

export function isMoment(value: unknown, type: 'timestamp' | 'date'): value is string {
  if (typeof value !== 'string') return false;
  if (isDay(value)) return true;
  const relative = RELATIVE.exec(value);
  if (!relative) return type === 'timestamp' && isInstant(value);
  const [, base, , count, unit] = relative;
  if (!isShort(count, unit)) return false;
  return base === 'now' ? type === 'timestamp' : unit !== 'm' && unit !== 'h';
}

export function isDuration(value: unknown, type: string): value is string {
  const match = typeof value === 'string' ? SPAN.exec(value) : null;
  return match !== null && isShort(match[1], match[2]) && !(type === 'date' && /^[mh]$/.test(match[2]!));
}

/** A hundred years in any unit: everything stays inside the calendar. */
const isShort = (count: string | undefined, unit: string | undefined): boolean =>
  count === undefined ||
  Number(count) <= { m: 99_999, h: 99_999, d: 36_600, w: 5_200, mo: 1_200, y: 100 }[unit as Unit];

export interface MomentRange {
  /** Milliseconds since 1970. */
  readonly start: number;
  /** First millisecond after it; an instant has none. */
  readonly end: number | null;
}

/** A day is a range in the organization's time zone, everything else an instant. */
export function momentOf(text: string, clock: FilterClock): MomentRange {
  if (DAY.test(text) || text.startsWith('today')) {
    const day = dayOf(text, clock);
    return { start: startOfDay(day, clock.timeZone), end: startOfDay(plusDays(day, 1), clock.timeZone) };
  }
  const relative = RELATIVE.exec(text);
  if (!relative) return { start: new Date(text).getTime(), end: null };
  const [, , sign, count, unit] = relative;
  const now = clock.now.getTime();
  return { start: count === undefined ? now : shifted(now, signed(sign, count), unit as Unit), end: null };
}

/** `YYYY-MM-DD` of a written or a relative day. */
export function dayOf(text: string, clock: FilterClock): string {
  const relative = RELATIVE.exec(text);
  if (!relative) return text;
  const today = localDay(clock.now.getTime(), clock.timeZone);
  const [, , sign, count, unit] = relative;
  return count === undefined ? today : shiftedDay(today, signed(sign, count), unit as Unit);
}

/** Both ends inclusive. */
export function spanOf(
  op: 'within_last' | 'within_next',
  span: string,
  clock: FilterClock,
): [start: number, end: number] {
  const [, count, unit] = SPAN.exec(span)!;
  const now = clock.now.getTime();
  return op === 'within_last'
    ? [shifted(now, -Number(count), unit as Unit), now]
    : [now, shifted(now, Number(count), unit as Unit)];
}

/** The same in days, both inclusive. */
export function daySpanOf(
  op: 'within_last' | 'within_next',
  span: string,
  clock: FilterClock,
): [first: string, last: string] {
  const [, count, unit] = SPAN.exec(span)!;
  const today = localDay(clock.now.getTime(), clock.timeZone);
  return op === 'within_last'
    ? [shiftedDay(today, -Number(count), unit as Unit), today]
    : [today, shiftedDay(today, Number(count), unit as Unit)];
}

const signed = (sign: string | undefined, count: string): number => (sign === '-' ? -Number(count) : Number(count));

function shifted(at: number, count: number, unit: Unit): number {
  if (unit !== 'mo' && unit !== 'y') return at + count * UNIT_MS[unit];
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (unit === 'y' ? 12 : 1));
  // The 31st of a month that has 30 days is its last day.
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

const shiftedDay = (day: string, count: number, unit: Unit): string =>
  new Date(shifted(Date.parse(`${day}T00:00:00Z`), count, unit)).toISOString().slice(0, 10);
const plusDays = (day: string, count: number): string => shiftedDay(day, count, 'd');

const formats = new Map<string, Intl.DateTimeFormat>();

function localParts(at: number, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** The calendar day of an instant somewhere. */
export function localDay(at: number, timeZone: string): string {
  const { year, month, day } = localParts(at, timeZone);
  return `${year!.padStart(4, '0')}-${month}-${day}`;
}

/** Milliseconds by which the clock on the wall is ahead of UTC. */
export function offsetAt(at: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = localParts(at, timeZone);
  const local = `${year!.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return Date.parse(local) - Math.floor(at / 1000) * 1000;
}

/** The first instant of a day; where midnight is skipped by a change of clocks, the instant of the change. */
export function startOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const before = midnight - offsetAt(midnight - DAY_MS, timeZone);
  const after = midnight - offsetAt(midnight + DAY_MS, timeZone);
  const isStart = (at: number) => localDay(at, timeZone) === day && localDay(at - 1, timeZone) !== day;
  return [before, after].find(isStart) ?? before;
}
