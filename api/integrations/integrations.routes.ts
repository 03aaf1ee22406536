import { z } from 'zod';
import { type IntegrationView, installIntegration, listIntegrations } from '../../services/integrations/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { pageQuery, text } from '../http/schemas.ts';
import { integrationEndpoints, withSecrets } from './both-faces.ts';
import { asPlatform, CreateBody, type Created, Integration, IntegrationCreated, STATUSES } from './integrations.dto.ts';

const face = 'a' as const;
const tag = 'integrations';
const of = integrationEndpoints({
  face,
  ids: {
    get: 'getIntegration',
    update: 'updateIntegration',
    rotate: 'rotateIntegrationSecret',
    remove: 'deleteIntegration',
    status: 'getIntegrationStatus',
    sync: 'syncIntegration',
    syncs: 'listIntegrationSyncs',
  },
  summaries: {
    get: 'Get an integration; credentials are never shown',
    update: 'Update an integration (partial): its sync configuration, its credentials, whether it is active',
    remove: 'Remove an integration: its syncs end, its credentials are wiped; what came in by it stays',
  },
  messages: {
    get: { message: 'Integration' },
    update: { message: 'Integration updated' },
    rotate: { message: 'Secret rotated' },
    remove: { message: 'Integration removed' },
    status: { message: 'Status of the integration' },
    sync: { message: 'Sync started' },
    syncs: { message: 'Syncs' },
  },
  view: Integration,
  withSecret: IntegrationCreated,
  show: asPlatform,
  syncDescription:
    'The body may be left out: what has changed since the last sync is read. GET /integrations/{id}/syncs shows how it goes.',
  examples: {
    get: {},
    update: { examples: [{ name: 'Another name', body: { name: 'Contact centre, north' } }] },
    rotate: { examples: [{ name: 'An hour to change over', body: { overlapSeconds: 3_600 } }] },
    remove: {},
    status: {},
    sync: {
      examples: [
        {
          name: 'What would happen',
          params: { id: '{{createIntegration[Stripe, every hour].id}}' },
          body: { dryRun: true },
        },
      ],
    },
    syncs: {},
  },
});

export const INTEGRATION_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'createIntegration',
    face,
    method: 'post',
    path: '/integrations',
    tag,
    summary: 'Create an integration; the secret of its webhooks is shown once',
    description:
      'Nothing is called yet: the first sync shows whether it works. Calls come in at `POST /v1/webhooks/convin` or `/v1/webhooks/telephony`, signed with the secret. A platform may be there several times.',
    errors: [409],
    status: 201,
    message: 'Integration created',
    body: CreateBody,
    response: IntegrationCreated,
    verb: installIntegration,
    prepare: withSecrets,
    input: ({ body: { platform, ...body } }, tools) => ({ ...body, ...tools, provider: platform }),
    output: (created: Created) => asPlatform(created),
    secretAnswer: true,
    etag: ({ version }) => version,
    location: (created) => `/integrations/${created.id}`,
    examples: [
      { name: 'Convin', body: { platform: 'convin', name: 'Contact centre' } },
      { name: 'Telephony', body: { platform: 'telephony', settings: { vendorCode: 'north-bpo' } } },
      {
        name: 'Stripe, every hour',
        body: {
          platform: 'stripe',
          credentials: { apiKey: 'sk_live_of_your_account', webhookSecret: 'whsec_of_your_endpoint' },
          settings: { intervalMinutes: 60 },
        },
      },
    ],
  }),

  defineEndpoint({
    operationId: 'listIntegrations',
    face,
    method: 'get',
    path: '/integrations',
    tag,
    summary: 'List integrations, newest first',
    list: 'page',
    message: 'Integrations',
    query: z.strictObject({ ...pageQuery, platform: text(64).optional(), status: z.enum(STATUSES).optional() }),
    response: Integration,
    verb: listIntegrations,
    input: ({ query: { platform, ...query } }) => ({ ...query, provider: platform }),
    output: (view: IntegrationView) => asPlatform(view),
  }),

  ...Object.values(of),
];
