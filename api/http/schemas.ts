import { z } from 'zod';
import { day } from '../../domain/core/shapes.input.ts';

export { currencyCode, day, decimalAmount, freeForm, id, text, timestamp } from '../../domain/core/shapes.input.ts';

const IN_REACH = 'must be a day from 1900-01-01 to 2199-12-31';

/** A bound of a report: days before it, as many as it has, are still days of the calendar. */
export const reportDay = () => day().refine((text) => text >= '1900-01-01' && text <= '2199-12-31', IN_REACH);

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

/** The same in a JSON body, where a number is a number. */
export const pageFields = {
  page: z.int().min(1).max(1_000_000).default(1),
  limit: z.int().min(1).max(200).default(50),
};

/** Spread into the strict query object of a list with a cursor. */
export const cursorQuery = {
  cursor: z.string().max(1_000).optional(),
  limit: pageQuery.limit,
};
