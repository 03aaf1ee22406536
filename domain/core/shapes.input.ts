import { z } from 'zod';

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
        // An offset may lead out of the years that Postgres reads back.
        const year = value.getUTCFullYear();
        if (!(year >= 1 && year <= 9999)) {
          context.issues.push({ code: 'custom', message: 'is not a date of the calendar', input: text });
          return z.NEVER;
        }
        return value;
      },
      encode: (value) => value.toISOString(),
    },
  );

/** A calendar day, `YYYY-MM-DD`. */
export const day = () => {
  const message = 'must be a day of the calendar, like 2026-01-15';
  return z.iso.date(message).refine((text) => !text.startsWith('0000'), message);
};

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
