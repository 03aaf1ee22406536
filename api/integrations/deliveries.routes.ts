import { z } from 'zod';
import { type DeliveryView, listDeliveries } from '../../services/platform/inbox/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

export const listDeliveriesEndpoint = defineEndpoint({
  operationId: 'listReceivedWebhooks',
  face: 'a',
  method: 'get',
  path: '/webhooks/received',
  tag: 'webhooks-in',
  summary: 'List the webhooks that others have sent here, newest first',
  description: 'Kept for a month after they were worked off. What they said is not shown.',
  list: 'page',
  message: 'Received webhooks',
  query: z.strictObject({
    ...pageQuery,
    source: text(64).optional(),
    type: text(100).optional(),
    status: z.enum(['waiting', 'processed']).optional(),
  }),
  response: z
    .strictObject({
      id: id(),
      source: z.string(),
      type: z.string(),
      auth: z
        .enum(['signature', 'static', 'token'])
        .describe('static, token: who sent it was proved, what it says was not'),
      status: z.enum(['waiting', 'processed']),
      outcome: z.string().nullable(),
      receivedAt: timestamp(),
      processedAt: timestamp().nullable(),
    })
    .meta({ id: 'ReceivedWebhook' }),
  verb: listDeliveries,
  input: ({ query }) => query,
  output: (delivery: DeliveryView) => delivery,
});
