import { z } from 'zod';
import { invalid } from '../../domain/core/errors.ts';

/** Any 8-4-4-4-12 id: organizations may be inserted by hand with ids of no particular version. */
export const id = () => z.guid('must be a UUID');

/** ISO-8601 with any offset in, `Date` inside, UTC out. Serves requests and responses. */
export const timestamp = () =>
  z.codec(
    z.iso.datetime({
      offset: true,
      error: 'must be an ISO-8601 date and time with an offset, like 2026-01-15T10:30:00Z',
    }),
    z.date(),
    {
      decode: (text, context) => {
        const value = new Date(text);
        if (Number.isNaN(value.getTime())) {
          context.issues.push({ code: 'custom', message: 'is not a date of the calendar', input: text });
          return z.NEVER;
        }
        return value;
      },
      encode: (value) => value.toISOString(),
    },
  );

/** A calendar day, `YYYY-MM-DD`. */
export const day = () => z.iso.date('must be a day of the calendar, like 2026-01-15');

/** ISO 4217; whether the code is a known one is the domain's question. */
export const currencyCode = () =>
  z
    .string()
    .regex(/^[A-Za-z]{3}$/, 'must be a three-letter currency code')
    .transform((code) => code.toUpperCase());

/**
 * Money as it was written: a JSON number or a decimal string in, the same digits as a string inside, so that no float
 * ever touches it. The scale is checked against the currency by the domain.
 */
export const decimalAmount = () =>
  z
    .string('must be a number or a decimal string')
    .regex(/^-?\d{1,18}(\.\d{1,12})?$/, 'must be a plain decimal number')
    .meta({ 'x-money': true });

/** Free-form JSON of the user: keys and casing stay as they came. */
export const freeForm = () => z.record(z.string(), z.unknown());

/** Trimmed text that is not empty. */
export const text = (max: number) =>
  z.string().trim().min(1, 'must not be empty').max(max, `must have at most ${max} characters`);

const whole = (message: string) => z.coerce.number({ error: message }).int(message);

/** Spread into the strict query object of a list with pages. */
export const pageQuery = {
  page: whole('must be a whole number from 1 on')
    .min(1, 'must be 1 or more')
    .max(1_000_000, 'must be 1000000 or less')
    .default(1),
  limit: whole('must be a whole number from 1 to 200')
    .min(1, 'must be 1 or more')
    .max(200, 'must be 200 or less')
    .default(50),
};

/** Spread into the strict query object of a list with a cursor. */
export const cursorQuery = {
  cursor: z.string().max(1_000).optional(),
  limit: pageQuery.limit,
};

const DAY_MS = 86_400_000;

/** @throws AppError validation when `at` lies more than a day after `now` (clocks differ, plans do not). */
export function refuseFuture(field: string, at: Date, now: Date): void {
  if (at.getTime() > now.getTime() + DAY_MS) {
    throw invalid(field, 'must not be more than a day in the future', at.toISOString());
  }
}
