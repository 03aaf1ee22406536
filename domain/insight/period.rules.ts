export const GRANULARITIES = ['day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

const DAY_MS = 86_400_000;
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => dayAt(timeOf(day) + days * DAY_MS);

/** Of both days and all between them. */
export const daysBetween = (from: string, to: string): number => Math.round((timeOf(to) - timeOf(from)) / DAY_MS) + 1;

/** The first day of the day's bucket. @param weekStart 1 (Monday) to 7 */
export function bucketOf(day: string, granularity: Granularity, weekStart: number): string {
  if (granularity === 'day') return day;
  if (granularity === 'month') return `${day.slice(0, 8)}01`;
  const weekday = new Date(timeOf(day)).getUTCDay() || 7;
  return addDays(day, -((weekday - weekStart + 7) % 7));
}

/** First days of all buckets that hold a day of the range, in order. */
export function bucketsOf(from: string, to: string, granularity: Granularity, weekStart: number): string[] {
  const buckets: string[] = [];
  for (let bucket = bucketOf(from, granularity, weekStart); bucket <= to; bucket = next(bucket, granularity)) {
    buckets.push(bucket);
  }
  return buckets;
}

function next(bucket: string, granularity: Granularity): string {
  if (granularity === 'day') return addDays(bucket, 1);
  if (granularity === 'week') return addDays(bucket, 7);
  return bucketOf(addDays(bucket, 31), 'month', 1);
}

/** A name of the time-zone database, such as Europe/Berlin. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
