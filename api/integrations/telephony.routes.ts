import { z } from 'zod';
import { CallEventBody } from '../../domain/integrations/telephony.input.ts';
import type { TelephonyPlatform } from '../../domain/integrations/telephony.rules.ts';
import { receiveCallWebhook } from '../../services/integrations/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id } from '../http/schemas.ts';

const Receipt = z
  .strictObject({
    received: z.literal(true),
    duplicate: z.boolean().describe('It was here before and changes nothing'),
  })
  .meta({ id: 'WebhookReceipt' });

const query = z.strictObject({
  tenantId: z.string().max(100).optional().describe('The organization, where X-Tenant-ID cannot be sent'),
  integrationId: id().optional().describe('One of several integrations of the platform'),
});

const callWebhook = (platform: TelephonyPlatform, operationId: string, signing: string, example: object) =>
  defineEndpoint({
    operationId,
    face: 'a',
    method: 'post',
    path: `/webhooks/${platform}`,
    tag: 'webhooks-in',
    summary: platform === 'convin' ? 'Receive an event of a call from Convin' : 'Receive an event of a call',
    description: `${signing} The secret is that of the integration. Events may come in any order, more than once, late, or not at all: the call is always what the newest word on each field says. TELEPHONY_INTEGRATION_GUIDE.md has examples that work.`,
    credential: 'none',
    bodyKind: 'signed',
    rateLimit: 'webhook',
    idempotent: false,
    message: 'Received',
    query,
    body: CallEventBody,
    response: Receipt,
    transaction: 'group',
    verb: receiveCallWebhook,
    prepare: async ({ query: { tenantId, integrationId }, raw }, tools) => {
      const { header, text, now } = raw;
      const value = await tools.integrations.verifyDelivery({
        platform,
        tenantId: header('x-tenant-id') ?? tenantId,
        integrationId,
        header,
        text,
        now,
      });
      return { value, as: { organizationId: value.organizationId, userId: null } };
    },
    input: ({ body, raw }, source) => ({
      source,
      event: body,
      text: raw.text,
      messageId: raw.header('webhook-id'),
    }),
    output: ({ duplicate }) => ({ received: true as const, duplicate }),
    shownBy: { operation: 'listReceivedWebhooks' },
    examples: [
      {
        name: 'A call begins',
        headers: {
          authorization: `Bearer {{createIntegration[${platform === 'convin' ? 'Convin' : 'Telephony'}].webhookSecret|whsec_…}}`,
        },
        body: example,
      },
    ],
  });

const started = {
  event: 'call.started',
  callId: 'call-{{unique}}',
  occurredAt: '2026-01-15T10:30:00Z',
  direction: 'inbound',
  from: '+14155550134',
  to: '+14155550100',
  agent: { externalId: 'agent-7', name: 'Asha' },
};

export const convinWebhookEndpoint = callWebhook(
  'convin',
  'receiveConvinWebhook',
  '`X-Convin-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, at most five minutes old, or the secret itself as `Authorization: Bearer`.',
  started,
);

export const telephonyWebhookEndpoint = callWebhook(
  'telephony',
  'receiveTelephonyWebhook',
  'Signed as Standard Webhooks says (`webhook-id`, `webhook-timestamp`, `webhook-signature`), or by `X-Timestamp` and `X-Signature: <hex HMAC-SHA256 of "timestamp.body">`, at most five minutes old, or the secret itself as `Authorization: Bearer`.',
  started,
);
