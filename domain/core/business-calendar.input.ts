import { z } from 'zod';
import { minutesOf, WEEKDAYS } from './business-calendar.rules.ts';
import { day } from './shapes.input.ts';

const timeOfDay = (message: string, pattern: RegExp) => z.string().regex(pattern, message);

const interval = z
  .strictObject({
    start: timeOfDay('must be a time of day, like 09:00', /^([01]\d|2[0-3]):[0-5]\d$/),
    end: timeOfDay('must be a time of day up to 24:00', /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
  })
  .refine(({ start, end }) => minutesOf(start) < minutesOf(end), {
    path: ['end'],
    message: 'must be later than the start; hours over midnight are two intervals',
  });

const zoneName = z.string().refine((name) => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}, 'must be a time zone of the IANA database, like Europe/Berlin');

const week = z.strictObject(
  Object.fromEntries(WEEKDAYS.map((name) => [name, z.array(interval).max(12).optional()])) as {
    [name in (typeof WEEKDAYS)[number]]: z.ZodOptional<z.ZodArray<typeof interval>>;
  },
);

/** Business hours as people write them; at least one of the week is open. */
export const businessCalendar = () =>
  z.strictObject({
    timezone: zoneName,
    days: week.refine((days) => WEEKDAYS.some((name) => (days[name] ?? []).length > 0), 'must have an open hour'),
    holidays: z.array(day()).max(1_000).default([]),
  });
