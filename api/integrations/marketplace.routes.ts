import { z } from 'zod';
import {
  completeOAuth,
  listMarketplace,
  listReviews,
  type MarketplaceEntry,
  organizationOfState,
  previewStreamMapping,
  receiveProviderWebhook,
  startOAuth,
  writeReview,
} from '../../services/integrations/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import {
  Entry,
  MarketplaceQuery,
  Preview,
  PreviewBody,
  ProviderEvents,
  Review,
  ReviewBody,
  SlugParams,
  StreamParams,
  toEntry,
} from './marketplace.dto.ts';

const face = 'b' as const;
const tag = 'integrations';
const ProviderParams = z.strictObject({ provider: text(64) });

export const MARKETPLACE_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'listMarketplace',
    face,
    method: 'get',
    path: '/integrations/marketplace',
    tag,
    summary: 'List everything that can be connected or will be',
    description:
      'Each entry says what it syncs, what an installation has to bring along, and whether it is available or planned.',
    list: 'page',
    query: MarketplaceQuery,
    response: Entry,
    verb: listMarketplace,
    input: ({ query }) => query,
    output: (entry: MarketplaceEntry) => toEntry(entry),
    examples: [{ name: 'What can be connected', query: { status: 'available' } }],
  }),
  defineEndpoint({
    operationId: 'listIntegrationReviews',
    face,
    method: 'get',
    path: '/integrations/marketplace/{slug}/reviews',
    tag,
    summary: 'List what people of the organization think of an integration, newest first',
    errors: [404],
    list: 'page',
    params: SlugParams,
    query: z.strictObject(pageQuery),
    response: Review,
    verb: listReviews,
    input: ({ params, query }) => ({ ...params, ...query }),
    examples: [{ name: 'Stripe', params: { slug: 'stripe' } }],
  }),
  defineEndpoint({
    operationId: 'reviewIntegration',
    face,
    method: 'post',
    path: '/integrations/marketplace/{slug}/reviews',
    tag,
    summary: 'Review an integration; a second review of the same person replaces the first',
    errors: [404],
    status: 201,
    params: SlugParams,
    body: ReviewBody,
    response: Review,
    verb: writeReview,
    input: ({ params, body }) => ({ ...params, ...body }),
    output: ({ replaced: _, ...review }) => review,
    shownBy: { operation: 'listIntegrationReviews' },
    examples: [
      {
        name: 'Five stars',
        as: 'login',
        params: { slug: 'stripe' },
        body: { rating: 5, title: 'Exact', body: 'Every refund is there.' },
      },
    ],
  }),
  defineEndpoint({
    operationId: 'previewIntegrationMapping',
    face,
    method: 'post',
    path: '/integrations/marketplace/{slug}/streams/{stream}/preview',
    tag,
    summary: 'What would come of records of a provider by a mapping of fields, before anything is synced',
    description: 'Without a mapping it is that of the provider, which the answer shows with our fields.',
    errors: [404],
    params: StreamParams,
    body: PreviewBody,
    response: Preview,
    verb: previewStreamMapping,
    input: ({ params, body }) => ({ ...params, ...body }),
    shownBy: 'nothing',
    examples: [
      {
        name: 'A contact of Salesforce',
        params: { slug: 'salesforce', stream: 'contacts' },
        body: { samples: [{ LastName: 'Lovelace', Email: 'ADA@EXAMPLE.COM', AccountId: null }] },
      },
    ],
  }),
];

export const OAUTH_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'startIntegrationOAuth',
    face,
    method: 'get',
    path: '/integrations/oauth/{provider}/authorize',
    tag,
    summary: 'Where to send a person who is to connect an integration (OAuth 2.0, PKCE)',
    description:
      'Open authorizationUrl in a browser. The way back leads to the callback below; its state works once, for ten minutes. The redirect address to register at the provider is that of the callback.',
    transaction: 'write',
    handshake: true,
    errors: [404, 409],
    params: ProviderParams,
    query: z.strictObject({ integrationId: id().optional().describe('Where several of the provider are installed') }),
    response: z
      .strictObject({ authorizationUrl: z.string(), state: z.string(), expiresAt: timestamp() })
      .meta({ id: 'OAuthStart' }),
    verb: startOAuth,
    prepare: async (_request, tools) => ({ value: { secrets: tools.mailing.secrets, ...tools.integrations } }),
    input: ({ params, query }, tools) => ({ ...tools, ...params, ...query }),
    examples: [
      {
        name: 'Salesforce',
        params: { provider: 'salesforce' },
        query: { integrationId: '{{installIntegration[Salesforce].id}}' },
      },
    ],
  }),
  defineEndpoint({
    operationId: 'completeIntegrationOAuth',
    face,
    method: 'get',
    path: '/integrations/oauth/{provider}/callback',
    tag,
    summary: 'Where providers send people back; the first sync begins',
    credential: 'none',
    transaction: 'write',
    handshake: true,
    rateLimit: 'auth',
    params: ProviderParams,
    query: z.strictObject({
      state: text(200),
      code: text(2_048).optional(),
      error: text(200).optional(),
      errorDescription: text(2_000).optional(),
      scope: text(2_000).optional(),
    }),
    response: z
      .strictObject({ integrationId: id(), provider: z.string(), syncId: id() })
      .meta({ id: 'OAuthCompletion' }),
    verb: completeOAuth,
    prepare: async ({ query }, tools) => ({
      value: tools.mailing.secrets,
      as: { organizationId: organizationOfState(query.state), userId: null },
    }),
    input: ({ params, query: { state, code, error } }, secrets) => ({ ...params, state, code, error, secrets }),
    shownBy: {
      operation: 'listInstalledIntegrationSyncs',
      params: { id: '{{installIntegration[Salesforce].id}}' },
    },
    examples: [
      {
        name: 'Agreed',
        params: { provider: 'salesforce' },
        query: { state: '{{startIntegrationOAuth.state|the state}}', code: 'the-code-of-the-provider' },
      },
    ],
  }),
];
export const providerWebhookEndpoint = defineEndpoint({
  operationId: 'receiveIntegrationWebhook',
  face,
  method: 'post',
  path: '/integrations/webhook/{provider}',
  tag: 'webhooks-in',
  summary: 'Receive a webhook of a provider',
  description:
    'Stripe: `Stripe-Signature`, at most five minutes old. Segment: `X-Signature` (hex HMAC-SHA1 of the body). Others: the secret of the integration as `Authorization: Bearer`. The organization stands in X-Tenant-ID or `?tenantId=`. What comes twice is stored once.',
  credential: 'none',
  bodyKind: 'signed',
  rateLimit: 'webhook',
  idempotent: false,
  errors: [404],
  params: ProviderParams,
  query: z.strictObject({
    tenantId: z.string().max(100).optional().describe('The organization, where X-Tenant-ID cannot be sent'),
    integrationId: id().optional().describe('One of several integrations of the provider'),
  }),
  body: ProviderEvents,
  response: z
    .strictObject({ received: z.literal(true), duplicate: z.boolean() })
    .meta({ id: 'ProviderWebhookReceipt' }),
  transaction: 'group',
  verb: receiveProviderWebhook,
  prepare: async ({ params: { provider }, query: { tenantId, integrationId }, raw }, tools) => {
    const { header, text: body, now } = raw;
    const value = await tools.integrations.verifyDelivery({
      platform: provider,
      tenantId: header('x-tenant-id') ?? tenantId,
      integrationId,
      header,
      text: body,
      now,
    });
    return { value, as: { organizationId: value.organizationId, userId: null } };
  },
  input: ({ body, raw }, source) => ({ source, body, text: raw.text }),
  output: ({ duplicate }) => ({ received: true as const, duplicate }),
  shownBy: { operation: 'listReceivedWebhooks' },
  examples: [
    {
      name: 'A record has changed',
      params: { provider: 'salesforce' },
      headers: { authorization: 'Bearer {{installIntegration[Salesforce].webhookSecret|whsec_…}}' },
      body: { type: 'record.changed', id: 'change-{{unique}}' },
    },
  ],
});
