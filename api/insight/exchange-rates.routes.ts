import { z } from 'zod';
import {
  createExchangeRate,
  deleteExchangeRate,
  type ExchangeRateView,
  listExchangeRates,
  putExchangeRates,
  type StoredRates,
} from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { currencyCode, day, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'a' as const;
const tag = 'exchange-rates';

const RateBody = z
  .strictObject({
    fromCurrency: currencyCode(),
    toCurrency: currencyCode(),
    effectiveOn: day().describe('It counts from this day on, until the day of the pair’s next rate'),
    rate: rateText().describe('What one unit of from_currency is worth in to_currency'),
    source: text(200).optional(),
  })
  .meta({ id: 'ExchangeRateInput' });

/** A decimal as it was written, like an amount; up to 15 places. */
function rateText() {
  return z
    .string('must be a number or a decimal string')
    .regex(/^\d{1,15}(\.\d{1,15})?$/, 'must be a positive decimal number')
    .meta({ 'x-money': true });
}

const ExchangeRate = z
  .strictObject({
    id: id(),
    fromCurrency: z.string(),
    toCurrency: z.string(),
    effectiveOn: day(),
    rate: z.string().describe('Decimal text'),
    source: z.string().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'ExchangeRate' });

const ABOUT =
  'Analytics converts an amount with the newest rate at or before its day (UTC), also with one of the other direction, and lists the rates it used. Without one, amounts of different currencies are never added.';

export const createExchangeRateEndpoint = defineEndpoint({
  operationId: 'createExchangeRate',
  face,
  method: 'post',
  path: '/exchange-rates',
  tag,
  summary: 'Store an exchange rate of a day',
  description: ABOUT,
  errors: [409],
  status: 201,
  message: 'Exchange rate stored',
  body: RateBody,
  response: ExchangeRate,
  verb: createExchangeRate,
  input: ({ body }) => body,
  etag: (rate: ExchangeRateView) => rate.version,
  examples: [
    {
      name: 'Euro in dollars',
      body: { fromCurrency: 'EUR', toCurrency: 'USD', effectiveOn: '2024-01-01', rate: '1.1039', source: 'ECB' },
    },
  ],
});

export const putExchangeRatesEndpoint = defineEndpoint({
  operationId: 'putExchangeRates',
  face,
  method: 'put',
  path: '/exchange-rates',
  tag,
  summary: 'Store up to 1,000 exchange rates, replacing those of the same pair and day',
  description: ABOUT,
  message: 'Exchange rates stored',
  body: z.strictObject({ rates: z.array(RateBody).min(1).max(1000) }).meta({ id: 'ExchangeRatesInput' }),
  response: z.strictObject({ created: z.number(), updated: z.number(), rates: z.array(ExchangeRate) }),
  verb: putExchangeRates,
  input: ({ body }) => body,
  output: (stored: StoredRates) => stored,
  examples: [
    {
      name: 'Two days',
      body: {
        rates: [
          { fromCurrency: 'EUR', toCurrency: 'USD', effectiveOn: '2024-01-02', rate: '1.0956' },
          { fromCurrency: 'JPY', toCurrency: 'USD', effectiveOn: '2024-01-02', rate: '0.00703' },
        ],
      },
    },
  ],
});

export const listExchangeRatesEndpoint = defineEndpoint({
  operationId: 'listExchangeRates',
  face,
  method: 'get',
  path: '/exchange-rates',
  tag,
  summary: 'List exchange rates, newest day first',
  list: 'page',
  message: 'Exchange rates',
  query: z.strictObject({
    ...pageQuery,
    sort: z.enum(['effective_on', '-effective_on']).default('-effective_on'),
    fromCurrency: currencyCode().optional(),
    toCurrency: currencyCode().optional(),
    startDate: day().optional(),
    endDate: day().optional().describe('Inclusive'),
  }),
  response: ExchangeRate,
  verb: listExchangeRates,
  input: ({ query: { sort, ...query } }) => ({
    ...query,
    sort: sort.startsWith('-') ? ('-effectiveOn' as const) : ('effectiveOn' as const),
  }),
});

export const deleteExchangeRateEndpoint = defineEndpoint({
  operationId: 'deleteExchangeRate',
  face,
  method: 'delete',
  path: '/exchange-rates/{id}',
  tag,
  summary: 'Delete an exchange rate; the one before it counts again',
  errors: [404, 412],
  message: 'Exchange rate deleted',
  params: z.strictObject({ id: id() }),
  response: z.strictObject({ id: id() }),
  verb: deleteExchangeRate,
  input: ({ params, raw }) => ({ ...params, expectedVersion: raw.ifMatch }),
});
