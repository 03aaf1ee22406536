import { z } from 'zod';
import { configureWarmup, readDeliverability, readWarmup } from '../../services/outreach/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { day, id, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'emails';
const rate = z.number().nullable();
const result = z.enum(['pass', 'fail', 'missing', 'unknown']);

const counts = {
  sent: z.number(),
  delivered: z.number(),
  hardBounces: z.number(),
  softBounces: z.number(),
  complaints: z.number(),
  unsubscribes: z.number(),
  opened: z.number(),
  clicked: z.number(),
  replied: z.number(),
};

export const readDeliverabilityEndpoint = defineEndpoint({
  operationId: 'readDeliverability',
  face,
  method: 'get',
  path: '/emails/deliverability',
  tag,
  summary: 'How messages arrived, by sender and receiving domain, and what the sending domains publish',
  query: z.strictObject({
    days: z.coerce
      .number({ error: 'must be a whole number' })
      .int('must be a whole number')
      .min(1)
      .max(365)
      .default(30),
    senderId: id().optional(),
  }),
  response: z
    .strictObject({
      days: z.number(),
      ...counts,
      deliveryRate: rate,
      bounceRate: rate,
      complaintRate: rate,
      unsubscribeRate: rate,
      senders: z.array(z.strictObject({ ...counts, senderId: id().nullable(), email: z.string().nullable() })),
      recipientDomains: z.array(
        z.strictObject({ domain: z.string(), sent: z.number(), delivered: z.number(), hardBounces: z.number() }),
      ),
      domains: z.array(
        z.strictObject({
          domain: z.string(),
          spf: result,
          dkim: result,
          dmarc: result,
          verified: z.boolean(),
          findings: z.array(z.strictObject({ check: z.enum(['spf', 'dkim', 'dmarc']), message: z.string() })),
          checkedAt: timestamp(),
        }),
      ),
    })
    .meta({ id: 'Deliverability' }),
  verb: readDeliverability,
  input: ({ query }) => query,
});

const Warmup = z
  .strictObject({
    senders: z.array(
      z.strictObject({
        senderId: id(),
        email: z.string(),
        warmup: z
          .strictObject({
            startedOn: z.string(),
            start: z.number(),
            increment: z.number(),
            target: z.number(),
            endsOn: z.string().nullable(),
          })
          .nullable(),
        dailyCap: z.number().nullable(),
        today: z.strictObject({ day: z.string(), limit: z.number().nullable(), used: z.number() }),
      }),
    ),
  })
  .meta({ id: 'Warmup' });

export const readWarmupEndpoint = defineEndpoint({
  operationId: 'readWarmup',
  face,
  method: 'get',
  path: '/emails/warmup',
  tag,
  summary: 'The ramps of the senders, and what is left of today',
  query: z.strictObject({ senderId: id().optional() }),
  errors: [404],
  response: Warmup,
  verb: readWarmup,
  input: ({ query }) => query,
});

const volume = () => z.int().min(1).max(1_000_000);

export const configureWarmupEndpoint = defineEndpoint({
  operationId: 'configureWarmup',
  face,
  method: 'put',
  path: '/emails/warmup',
  tag,
  summary: 'Let a sender begin small and grow day by day',
  description: "What is above a day's volume waits for the next one. `enabled: false` takes the ramp away.",
  errors: [404],
  body: z
    .strictObject({
      senderId: id().optional().describe('Default: the default sender'),
      enabled: z.boolean().default(true),
      startVolume: volume().default(20),
      increment: z.int().min(0).max(100_000).default(10),
      target: volume().default(500),
      startedOn: day().optional().describe('Default: today, or the day on which the running ramp began'),
    })
    .meta({ id: 'WarmupInput' }),
  response: Warmup,
  verb: configureWarmup,
  input: ({ body }) => body,
  examples: [
    { name: 'From 20 to 500', after: ['createSender'], body: { startVolume: 20, increment: 10, target: 500 } },
  ],
});
