import { z } from 'zod';
import { getJourney, type JourneyView } from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';
import { Credit } from './attribution.dto.ts';
import { toCredit } from './attribution.routes.ts';

const nullableText = z.string().nullable();

const Journey = z
  .strictObject({
    customer: z.strictObject({
      id: id(),
      linkedCustomerIds: z.array(id()),
      identifiers: z.array(z.strictObject({ type: z.string(), value: z.string() })),
      firstSeenAt: timestamp().nullable(),
      lastSeenAt: timestamp().nullable(),
      interactions: z.number(),
      conversions: z.number(),
      revenue: z.array(z.strictObject({ currency: z.string(), amount: z.number() })),
    }),
    timeline: z.array(z.strictObject({ type: z.enum(['interaction', 'conversion']), id: id(), at: timestamp() })),
    interactions: z.array(
      z.strictObject({
        id: id(),
        externalInteractionId: z.string(),
        channel: z.string(),
        direction: nullableText,
        startedAt: timestamp(),
        endedAt: timestamp().nullable(),
        language: nullableText,
        primaryIntent: nullableText,
        purchaseProbability: z.number().nullable(),
        vendorId: id().nullable(),
        transcriptUrl: nullableText,
      }),
    ),
    conversions: z.array(
      z.strictObject({
        id: id(),
        externalEventId: z.string(),
        eventType: z.string(),
        eventSource: z.string(),
        amountDecimal: z.number(),
        currency: z.string(),
        occurredAt: timestamp(),
      }),
    ),
    runId: id().nullable(),
    attributionResults: z.array(Credit),
    pagination: z.strictObject({ page: z.number(), limit: z.number(), total: z.number(), pages: z.number() }),
  })
  .meta({ id: 'CustomerJourney' });

const toJourney = (journey: JourneyView) => ({
  ...journey,
  customer: {
    ...journey.customer,
    revenue: journey.customer.revenue.map(({ currency, amount }) => ({ currency, amount: Number(amount) })),
  },
  conversions: journey.conversions.map((conversion) => ({
    ...conversion,
    amountDecimal: Number(conversion.amountDecimal),
  })),
  attributionResults: journey.attributionResults.map(toCredit),
});

export const getJourneyEndpoint = defineEndpoint({
  operationId: 'getCustomerJourney',
  face: 'a',
  method: 'get',
  path: '/customers/{customerId}/journey',
  tag: 'journey',
  summary: 'Customer journey: interactions, conversions and credits in time order',
  description:
    'Shows the whole person: all linked records, whichever of their ids is asked for. Credits come from the run named by run_id, else from the newest published run that credited a conversion of the page.',
  errors: [404],
  message: 'Customer journey',
  params: z.strictObject({ customerId: id() }),
  query: z.strictObject({ ...pageQuery, runId: id().optional() }),
  response: Journey,
  verb: getJourney,
  input: ({ params, query }) => ({ ...params, ...query }),
  output: toJourney,
});
