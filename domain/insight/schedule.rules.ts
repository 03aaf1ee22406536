export const FREQUENCIES = ['daily', 'weekly', 'monthly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** When a scheduled run is due, by the clock on a wall of the organization. */
export interface RunTiming {
  readonly frequency: Frequency;
  /** ISO: 1 is Monday; of weekly schedules. */
  readonly weekday: number | null;
  /** 1–28, so that every month has it; of monthly schedules. */
  readonly monthDay: number | null;
  /** `HH:MM`. */
  readonly timeOfDay: string;
}

/** A wall-clock time, and the days on which it counts; both absent is every day. */
export interface WallClock {
  readonly hour: number;
  readonly minute: number;
  /** ISO: 1 is Monday. */
  readonly weekday?: number;
  readonly monthDay?: number;
}

/** The last hour that a change to summer time leaves out somewhere. */
const LAST_HOUR_OF_GAPS = 3;

/**
 * The times at which a schedule looks whether its run is due. A change to summer time leaves out an hour of the night:
 * a time that may fall there has a second one an hour later, which on every other day finds the day's run made.
 */
export function wallClocksOf({ frequency, weekday, monthDay, timeOfDay }: RunTiming): WallClock[] {
  const [hour, minute] = timeOfDay.split(':').map(Number) as [number, number];
  const days = {
    ...(frequency === 'weekly' && weekday !== null ? { weekday } : {}),
    ...(frequency === 'monthly' && monthDay !== null ? { monthDay } : {}),
  };
  const first = { hour, minute, ...days };
  return hour <= LAST_HOUR_OF_GAPS ? [first, { ...first, hour: hour + 1 }] : [first];
}

const DAY_MS = 86_400_000;
const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The whole days before a day: `period(2026-03-01, 28)` is 1 to 28 February. */
export function periodBefore(day: string, days: number): { startDate: string; endDate: string } {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return { startDate: dayText(midnight - days * DAY_MS), endDate: dayText(midnight - DAY_MS) };
}
