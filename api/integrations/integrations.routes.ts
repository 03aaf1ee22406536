import { z } from 'zod';
import { TELEPHONY_PLATFORMS } from '../../domain/integrations/telephony.rules.ts';
import {
  createIntegration,
  getIntegration,
  type IntegrationView,
  type IntegrationWithSecret,
  listIntegrations,
} from '../../services/integrations/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'a' as const;
const tag = 'integrations';
const STATUSES = ['pending', 'connected', 'needs_reauth', 'error', 'disabled'] as const;

const fields = {
  id: id(),
  name: z.string(),
  platform: z.string(),
  source: z.string().describe('Stands before the ids of the platform in external ids'),
  status: z.enum(STATUSES),
  teamId: id().nullable(),
  settings: freeForm(),
  hasCredentials: z.boolean(),
  hasWebhookSecret: z.boolean(),
  lastSyncAt: timestamp().nullable(),
  lastError: z.string().nullable(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
const Integration = z.strictObject(fields).meta({ id: 'Integration' });
const IntegrationCreated = z
  .strictObject({ ...fields, webhookSecret: z.string().describe('Shown once') })
  .meta({ id: 'IntegrationCreated' });

const CreateBody = z
  .strictObject({
    platform: z.enum(TELEPHONY_PLATFORMS),
    name: text(100).optional(),
    credentials: z
      .strictObject({
        webhookSecret: z
          .string()
          .regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 visible characters')
          .optional(),
      })
      .optional()
      .describe('A secret of your own; without it a new one is made'),
    settings: z
      .strictObject({
        vendorCode: text(64).optional().describe('For calls that name no vendor'),
        requireSignature: z.boolean().optional().describe('Refuse the secret as a bearer token'),
      })
      .optional(),
  })
  .meta({ id: 'IntegrationInput' });

const toIntegration = <View extends IntegrationView>({ provider, ...view }: View) => ({ ...view, platform: provider });

export const createIntegrationEndpoint = defineEndpoint({
  operationId: 'createIntegration',
  face,
  method: 'post',
  path: '/integrations',
  tag,
  summary: 'Create an integration; the secret of its webhooks is shown once',
  description:
    'Calls come in at `POST /v1/webhooks/convin` or `/v1/webhooks/telephony`, signed with the secret. A platform may be there several times.',
  errors: [409],
  status: 201,
  message: 'Integration created',
  body: CreateBody,
  response: IntegrationCreated,
  verb: createIntegration,
  prepare: async (_request, tools) => ({ value: tools.mailing.secrets }),
  input: ({ body: { credentials, ...body } }, secrets) => ({
    ...body,
    secrets,
    webhookSecret: credentials?.webhookSecret,
  }),
  output: (created: IntegrationWithSecret) => toIntegration(created),
  secretAnswer: true,
  etag: ({ version }) => version,
  location: (created) => `/integrations/${created.id}`,
  examples: [
    { name: 'Convin', body: { platform: 'convin', name: 'Contact centre' } },
    { name: 'Telephony', body: { platform: 'telephony', settings: { vendorCode: 'north-bpo' } } },
  ],
});

export const listIntegrationsEndpoint = defineEndpoint({
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
  output: (view: IntegrationView) => toIntegration(view),
});

export const getIntegrationEndpoint = defineEndpoint({
  operationId: 'getIntegration',
  face,
  method: 'get',
  path: '/integrations/{id}',
  tag,
  summary: 'Get an integration; credentials are never shown',
  errors: [404],
  message: 'Integration',
  params: z.strictObject({ id: id() }),
  response: Integration,
  verb: getIntegration,
  input: ({ params }) => params,
  output: (view: IntegrationView) => toIntegration(view),
  etag: ({ version }) => version,
});
