import { z } from 'zod';
import { currencyCode, day, decimalAmount, text } from '../core/shapes.input.ts';

/** Cost of one day, however it comes in: the API, a file. */
export const SpendBody = z
  .strictObject({
    date: day(),
    channel: text(64).toLowerCase(),
    vendorCode: text(64).optional().describe('An unknown code creates the vendor'),
    campaign: text(255).optional(),
    amountDecimal: decimalAmount(),
    currency: currencyCode(),
    externalId: text(255)
      .optional()
      .describe('Absent: made of day, channel, vendor and campaign, so that the same line twice is a duplicate'),
  })
  .meta({ id: 'SpendInput' });
