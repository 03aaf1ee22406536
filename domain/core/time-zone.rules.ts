import { offsetAt } from './filter-time.rules.ts';

/** A stretch of time in which the clock on the wall is ahead of UTC by one amount; all in milliseconds since 1970. */
export interface ZonePiece {
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
  readonly offsetMs: number;
}

/** The piece that an instant lies in. A zone may cut its pieces finer than its changes of clocks. */
export type TimeZone = (at: number) => ZonePiece;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const UTC: TimeZone = () => ({ from: -Infinity, until: Infinity, offsetMs: 0 });

/** A zone as data: its changes in order; the first offset holds for all time before. */
export function zoneOf(changes: readonly { readonly from: number; readonly offsetMs: number }[]): TimeZone {
  const pieces = changes.map(({ from, offsetMs }, index) => ({
    from: index === 0 ? -Infinity : from,
    until: changes[index + 1]?.from ?? Infinity,
    offsetMs,
  }));
  return (at) => pieces.find(({ until }) => at < until)!;
}

const years = new Map<string, Map<number, ZonePiece[]>>();

/** The zone of an IANA name. A year is worked out when it is first asked for. Not for workflow code: the data may change. */
export function zoneNamed(name: string): TimeZone {
  const known = years.get(name) ?? new Map<number, ZonePiece[]>();
  years.set(name, known);
  return (at) => {
    const year = new Date(at).getUTCFullYear();
    const pieces = known.get(year) ?? piecesOfYear(name, year);
    known.set(year, pieces);
    return pieces.find(({ until }) => at < until)!;
  };
}

function piecesOfYear(name: string, year: number): ZonePiece[] {
  const end = Date.UTC(year + 1, 0, 1);
  const pieces: ZonePiece[] = [];
  let from = Date.UTC(year, 0, 1);
  let offsetMs = offsetAt(from, name);
  for (let day = from; day < end; day += DAY_MS) {
    const next = Math.min(day + DAY_MS, end);
    if (offsetAt(next, name) === offsetMs) continue;
    const change = changeBetween(name, day, next, offsetMs);
    // The change may lie at the very end, which the next year begins with.
    if (change >= end) break;
    pieces.push({ from, until: change, offsetMs });
    from = change;
    offsetMs = offsetAt(next, name);
  }
  return [...pieces, { from, until: end, offsetMs }];
}

/** Clocks change on whole minutes: the first one at which the offset is another. */
function changeBetween(name: string, before: number, after: number, offsetMs: number): number {
  let low = before;
  let high = after;
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / MINUTE_MS / 2) * MINUTE_MS;
    if (offsetAt(middle, name) === offsetMs) low = middle;
    else high = middle;
  }
  return high;
}
