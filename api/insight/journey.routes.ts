import { z } from 'zod';
import { getJourney, type JourneyView } from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, timestamp } from '../http/schemas.ts';
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
      conversions: z.number().describe('Without refunds'),
      refunds: z.number(),
      revenue: z.array(z.strictObject({ currency: z.string(), amount: z.number() })),
    }),
    timeline: z.array(
      z.strictObject({ type: z.enum(['interaction', 'conversion', 'event', 'page_view']), id: id(), at: timestamp() }),
    ),
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
        refundOf: id().nullable(),
      }),
    ),
    events: z
      .array(
        z.strictObject({
          id: id(),
          externalId: nullableText,
          type: z.string(),
          sessionId: nullableText,
          contentId: nullableText,
          url: nullableText,
          properties: freeForm().nullable(),
          occurredAt: timestamp(),
        }),
      )
      .describe('Those of the page; empty unless included'),
    pageViews: z
      .array(
        z.strictObject({
          id: id(),
          externalId: nullableText,
          url: z.string(),
          path: z.string(),
          title: nullableText,
          referrer: nullableText,
          sessionId: z.string(),
          durationSeconds: z.number().nullable(),
          occurredAt: timestamp(),
        }),
      )
      .describe('Those of the page; empty unless included'),
    intents: z
      .array(
        z.strictObject({
          interactionId: id(),
          intent: z.string(),
          purchaseProbability: z.number().nullable(),
          at: timestamp(),
        }),
      )
      .describe('Touches of the whole journey whose intent differs from the one before, in time order; at most 200'),
    velocity: z.strictObject({
      daysToFirstConversion: z.number().nullable().describe('From the first touch'),
      daysToLastConversion: z.number().nullable().describe('From the first touch'),
      touchesPerConversion: z.number().nullable().describe('Touches up to the last conversion ÷ conversions'),
      medianGapHours: z.number().nullable().describe('Between two touches'),
    }),
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
  query: z.strictObject({
    ...pageQuery,
    runId: id().optional(),
    include: z
      .string()
      .max(64)
      .transform((text) => text.split(',').map((kind) => kind.trim()))
      .pipe(z.array(z.enum(['events', 'page_views'], 'must be events, page_views or both')))
      .optional()
      .describe('Further kinds of entries in the timeline, separated by commas: events, page_views'),
  }),
  response: Journey,
  verb: getJourney,
  input: ({ params, query }) => ({ ...params, ...query }),
  output: toJourney,
});
