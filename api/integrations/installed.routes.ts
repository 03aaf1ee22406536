import { z } from 'zod';
import {
  cancelSync,
  installIntegration,
  listIntegrations,
  readIntegrationUsage,
} from '../../services/integrations/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { pageQuery, text } from '../http/schemas.ts';
import { integrationEndpoints, withSecrets } from './both-faces.ts';
import { InstallBody, Installed, InstalledNow, Params, STATUSES, Sync, Usage, UsageQuery } from './integrations.dto.ts';

const face = 'b' as const;
const tag = 'integrations';
/** Of the installation that an example begins with. */
const INSTALLED = { id: '{{installIntegration.id}}' };

const of = integrationEndpoints({
  face,
  ids: {
    get: 'getInstalledIntegration',
    update: 'updateInstalledIntegration',
    rotate: 'rotateInstalledIntegrationSecret',
    remove: 'uninstallIntegration',
    status: 'getInstalledIntegrationStatus',
    sync: 'syncInstalledIntegration',
    syncs: 'listInstalledIntegrationSyncs',
  },
  summaries: {
    get: 'Get an installed integration; credentials are never shown',
    update: 'Update an installed integration (partial): settings, credentials, whether it is active',
    remove: 'Uninstall an integration: its syncs end, its credentials are wiped; what came in by it stays',
  },
  messages: { get: {}, update: {}, rotate: {}, remove: {}, status: {}, sync: {}, syncs: {} },
  view: Installed,
  withSecret: InstalledNow,
  show: (view) => view,
  syncDescription: 'The body may be left out: what has changed since the last sync is read. 409 while one is going on.',
  examples: {
    get: { examples: [{ name: 'Stripe', params: INSTALLED }] },
    update: {
      examples: [{ name: 'Every fifteen minutes', params: INSTALLED, body: { settings: { intervalMinutes: 15 } } }],
    },
    rotate: {
      examples: [{ name: 'One that Stripe has made', params: INSTALLED, body: { webhookSecret: 'whsec_bmV3IG9uZQ' } }],
    },
    remove: { examples: [{ name: 'Stripe', params: INSTALLED }] },
    status: { examples: [{ name: 'Stripe', params: INSTALLED }] },
    sync: { examples: [{ name: 'What would happen', params: INSTALLED, body: { dryRun: true } }] },
    syncs: { examples: [{ name: 'Stripe', params: INSTALLED }] },
  },
});

export const INSTALLED_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'installIntegration',
    face,
    method: 'post',
    path: '/integrations/install',
    tag,
    summary: 'Install an integration of the marketplace; the secret of its webhooks is shown once',
    description:
      'The provider is not called: the first sync shows whether it works. What is planned cannot be installed.',
    errors: [409],
    status: 201,
    body: InstallBody,
    response: InstalledNow,
    verb: installIntegration,
    prepare: withSecrets,
    input: ({ body: { provider, slug, ...body } }, tools) => ({ ...body, ...tools, provider: provider ?? slug! }),
    secretAnswer: true,
    etag: ({ version }) => version,
    location: (created) => `/integrations/${created.id}`,
    examples: [
      {
        name: 'Stripe',
        body: {
          provider: 'stripe',
          credentials: { apiKey: 'sk_live_of_your_account', webhookSecret: 'whsec_c2VjcmV0' },
        },
      },
      {
        name: 'Salesforce',
        body: {
          provider: 'salesforce',
          credentials: { clientId: 'key-of-your-connected-app', clientSecret: 'its-secret' },
          settings: { intervalMinutes: 15, conflictPolicy: 'newest' },
        },
      },
    ],
  }),
  defineEndpoint({
    operationId: 'listInstalledIntegrations',
    face,
    method: 'get',
    path: '/integrations',
    tag,
    summary: 'List installed integrations, newest first',
    list: 'page',
    query: z.strictObject({ ...pageQuery, provider: text(64).optional(), status: z.enum(STATUSES).optional() }),
    response: Installed,
    verb: listIntegrations,
    input: ({ query }) => query,
  }),
  of.get,
  of.update,
  of.rotate,
  of.remove,
  of.status,
  defineEndpoint({
    operationId: 'getIntegrationAnalytics',
    face,
    method: 'get',
    path: '/integrations/{id}/analytics',
    tag,
    summary: 'Calls to the provider by day: how many worked, how long they took, what they cost',
    errors: [404],
    params: Params,
    query: UsageQuery,
    response: Usage,
    verb: readIntegrationUsage,
    input: ({ params, query }) => ({ ...params, ...query }),
    examples: [{ name: 'A week', params: INSTALLED, query: { startDate: '2026-06-24', endDate: '2026-06-30' } }],
  }),
  of.sync,
  of.syncs,
  defineEndpoint({
    operationId: 'cancelIntegrationSync',
    face,
    method: 'post',
    path: '/integrations/{id}/sync/cancel',
    tag,
    summary: 'Cancel the sync that is going on; what it has stored stays',
    errors: [404, 409],
    params: Params,
    response: Sync,
    verb: cancelSync,
    input: ({ params }) => ({ integrationId: params.id }),
    shownBy: { operation: 'listInstalledIntegrationSyncs' },
    examples: [{ name: 'The one that was just started', params: INSTALLED, after: ['syncInstalledIntegration'] }],
  }),
];
