import { z } from 'zod';
import { WEBHOOK_ENDPOINT_FIELDS, WEBHOOK_LOG_FIELDS } from '../../domain/platform/webhook-fields.rules.ts';
import { filterQuery, searchQuery, sortQuery } from '../http/filter-query.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;

export const EndpointParams = z.strictObject({ id: id() });
export const LogParams = z.strictObject({ logId: id() });

const whole = (min: number, max: number) =>
  z.int('must be a whole number').min(min, `must be ${min} or more`).max(max, `must be ${max} or less`);

const pattern = z
  .string('must be the name of an event, or a pattern like deal.*')
  .regex(/^(?:\*|[a-z_]+\.(?:\*|[a-z_]+))$/, 'must be the name of an event, a pattern like deal.*, or *');

const batch = z
  .strictObject({
    maxEvents: whole(2, 200),
    maxWaitSeconds: whole(1, 300).default(5),
  })
  .describe('Several events in one delivery: {type: "batch", data: [{id, type, timestamp, data}]}; null: one each');

const inputFields = {
  url: z.string('must be a URL').describe('https; http and other ports only outside production'),
  description: text(500).nullable().optional(),
  events: z
    .array(pattern)
    .min(1, 'must name one event or more')
    .max(100, 'must have at most 100 entries')
    .describe('Names and patterns: deal.won, deal.*, *'),
  filters: freeForm()
    .optional()
    .describe(
      'Kind of record → filter: {"deal": {"field": "amount", "op": "gte", "value": "10000"}}. Only events whose record fulfils it are sent; other kinds are not filtered. GET /webhooks/events names the fields.',
    ),
  active: z.boolean().optional(),
  ordered: z
    .boolean()
    .optional()
    .describe('Of one record, an event waits until the one before it was delivered or given up; off by default'),
  batch: batch.nullable().optional(),
};

export const CreateEndpointBody = z.strictObject(inputFields).meta({ id: 'WebhookEndpointInput' });
export const UpdateEndpointBody = z.strictObject(inputFields).partial().meta({ id: 'WebhookEndpointChanges' });
export const RotateBody = z
  .strictObject({ overlapSeconds: whole(0, 604_800).default(86_400) })
  .optional()
  .meta({ id: 'WebhookSecretRotation' });
export const ReplayBody = z
  .strictObject({
    from: timestamp(),
    to: timestamp(),
    events: z.array(pattern).min(1, 'must name one event or more').max(100).optional(),
  })
  .meta({ id: 'WebhookReplayInput' });

const endpointFields = {
  id: id(),
  url: z.string(),
  description: z.string().nullable(),
  events: z.array(z.string()),
  filters: freeForm(),
  active: z.boolean(),
  disabledReason: z.enum(['manual', 'failing', 'gone']).nullable(),
  disabledAt: timestamp().nullable(),
  ordered: z.boolean(),
  batch: z.strictObject({ maxEvents: z.number(), maxWaitSeconds: z.number() }).nullable(),
  previousSecretExpiresAt: timestamp()
    .nullable()
    .describe('Until then deliveries are signed by the secret from before the rotation as well'),
  health: z.enum(['healthy', 'degraded', 'failing', 'disabled']),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
export const Endpoint = z.strictObject(endpointFields).meta({ id: 'WebhookEndpoint' });
export const EndpointWithSecret = z
  .strictObject({
    ...endpointFields,
    secret: z.string().describe('whsec_…, for verifying signatures; shown here and never again'),
  })
  .meta({ id: 'WebhookEndpointWithSecret' });
export const EndpointWithHealth = z
  .strictObject({
    ...endpointFields,
    healthDetails: z.strictObject({
      consecutiveFailures: z.number(),
      failingSince: timestamp().nullable().describe('Five days of it disable the endpoint'),
      blockedUntil: timestamp().nullable().describe('Nothing is sent before, because of failures or Retry-After'),
      lastSuccessAt: timestamp().nullable(),
      lastFailureAt: timestamp().nullable(),
      pending: z.number(),
      dead: z.number().describe('Given up; POST /webhooks/logs/{logId}/retry sends one again'),
      last24Hours: z.strictObject({
        attempts: z.number(),
        succeeded: z.number(),
        successRate: z.number().nullable(),
        averageLatencyMs: z.number().nullable(),
      }),
    }),
  })
  .meta({ id: 'WebhookEndpointWithHealth' });

export const Log = z
  .strictObject({
    id: id(),
    endpointId: id(),
    webhookId: z.string().describe('The webhook-id header, the same at every attempt'),
    kind: z.enum(['event', 'test']),
    eventId: id().nullable(),
    eventType: z.string(),
    entityType: z.string(),
    entityId: id().nullable(),
    occurredAt: timestamp(),
    batchId: id().nullable(),
    status: z.enum(['pending', 'delivered', 'dead']).describe('dead: given up after the last attempt'),
    attemptCount: z.number(),
    nextAttemptAt: timestamp().nullable(),
    statusCode: z.number().nullable().describe('Of the newest attempt; null without an answer'),
    latencyMs: z.number().nullable(),
    error: z.string().nullable(),
    deliveredAt: timestamp().nullable(),
    createdAt: timestamp(),
    attempts: z
      .array(
        z.strictObject({
          number: z.number(),
          attemptedAt: timestamp(),
          statusCode: z.number().nullable(),
          latencyMs: z.number(),
          error: z.string().nullable(),
          responseExcerpt: z.string().nullable().describe('At most the first 1,024 bytes'),
        }),
      )
      .describe('The newest twenty'),
  })
  .meta({ id: 'WebhookLog' });

export const Replay = z
  .strictObject({
    id: id(),
    from: timestamp(),
    to: timestamp(),
    queued: z.number().describe('Events that are on their way now'),
  })
  .meta({ id: 'WebhookReplay' });

export const Events = z
  .strictObject({
    events: z.array(
      z.strictObject({
        name: z.string(),
        summary: z.string(),
        entityType: z.string(),
        schemaVersion: z.number(),
        available: z.boolean().describe('false: can be subscribed to, and is sent by a later version'),
        schema: freeForm().describe('JSON Schema of the body'),
        example: freeForm(),
        filterFields: z.record(z.string(), z.string()).describe('What filters may name, with types'),
      }),
    ),
  })
  .meta({ id: 'WebhookEvents' });

const trueOrFalse = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

export const EndpointQuery = z.strictObject({
  ...pageQuery,
  active: trueOrFalse.optional(),
  sort: sortQuery(WEBHOOK_ENDPOINT_FIELDS, face, '-createdAt'),
  filter: filterQuery(WEBHOOK_ENDPOINT_FIELDS, face),
  q: searchQuery(),
});

export const LogQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(['pending', 'delivered', 'dead']).optional(),
  eventType: z.string().max(100).optional(),
  sort: sortQuery(WEBHOOK_LOG_FIELDS, face, '-createdAt'),
  filter: filterQuery(WEBHOOK_LOG_FIELDS, face),
  q: searchQuery(),
});
