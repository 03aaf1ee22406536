import { z } from 'zod';

export { currencyCode, day, decimalAmount, freeForm, id, text, timestamp } from '../../domain/core/shapes.input.ts';

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
