import { z } from 'zod';
import {
  ENRICHMENT_FIELDS,
  ENRICHMENT_PROVIDER_CODES,
  ENRICHMENT_STATUSES,
  MOST_ENRICHMENT_TARGETS,
} from '../../domain/crm/enrichment.rules.ts';
import {
  configureEnrichmentProvider,
  enrichAccount,
  enrichProspect,
  getEnrichmentRequest,
  listEnrichmentProviders,
  listEnrichmentRequests,
  requestEnrichment,
} from '../../services/crm/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'enrichment';
const providerCode = z.enum(ENRICHMENT_PROVIDER_CODES);
const cost = z.strictObject({ amount: z.string(), currency: z.string() });

const Provider = z
  .strictObject({
    id: providerCode,
    name: z.string(),
    enabled: z.boolean(),
    priority: z.number().describe('The lowest is asked first'),
    monthlyCap: z.number().nullable().describe('Calls per month; null: as many as are needed'),
    callsThisMonth: z.number(),
    hasCredentials: z.boolean(),
    version: z.number(),
  })
  .meta({ id: 'EnrichmentProvider' });

const requestFields = {
  id: id(),
  status: z.enum(ENRICHMENT_STATUSES),
  reason: z.string().nullable(),
  source: z.string(),
  fields: z.array(z.string()),
  targets: z.strictObject({
    total: z.number(),
    completed: z.number(),
    notFound: z.number(),
    skipped: z.number(),
    failed: z.number(),
  }),
  providersUsed: z.array(providerCode).describe('Those that filled a field'),
  calls: z.number(),
  costs: z.array(cost).describe('What the providers said that they charge, by currency'),
  requestedBy: id().nullable(),
  startedAt: timestamp().nullable(),
  endedAt: timestamp().nullable(),
  createdAt: timestamp(),
};
const Request = z.strictObject(requestFields).meta({ id: 'EnrichmentRequest' });
const RequestDetail = z
  .strictObject({
    ...requestFields,
    records: z.array(
      z.strictObject({
        prospectId: id().nullable(),
        accountId: id().nullable(),
        status: z.enum(['pending', 'completed', 'not_found', 'skipped', 'failed']),
        reason: z.string().nullable(),
        lookups: z.array(
          z.strictObject({
            provider: providerCode,
            status: z.enum(['calling', 'found', 'not_found', 'capped', 'failed']),
            calls: z.number(),
            filled: z.array(z.string()),
            cost: cost.nullable(),
            error: z.string().nullable(),
            calledAt: timestamp(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'EnrichmentRequestDetail' });

const fields = z
  .array(z.enum(ENRICHMENT_FIELDS))
  .min(1, 'must name at least one field')
  .optional()
  .describe('Default: all that a provider may know. What a record has already is never replaced');
const records = z.array(id()).max(MOST_ENRICHMENT_TARGETS, `must name at most ${MOST_ENRICHMENT_TARGETS}`);
const WaterfallBody = z.strictObject({ fields }).meta({ id: 'EnrichmentWish' });
const PROCESS_NOTE =
  'A process asks the enabled providers with credentials in their order, until nothing is missing. Where there is none that can be asked, the request ends with status skipped and reason "no provider".';

export const ENRICHMENT_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'listEnrichmentProviders',
    face,
    method: 'get',
    path: '/enrichment/providers',
    tag,
    summary: 'List the enrichment providers in the order in which they are asked',
    response: z.strictObject({ providers: z.array(Provider) }),
    verb: listEnrichmentProviders,
    input: () => ({}),
  }),
  defineEndpoint({
    operationId: 'configureEnrichmentProvider',
    face,
    method: 'put',
    path: '/enrichment/providers/{id}',
    tag,
    summary: 'Configure an enrichment provider (partial): on or off, its place, its monthly cap, its credentials',
    description: 'Credentials are kept encrypted and never shown; null takes them away.',
    errors: [412],
    params: z.strictObject({ id: providerCode }),
    body: z
      .strictObject({
        enabled: z.boolean().optional(),
        priority: z.int().min(1, 'must be 1 or more').max(100, 'must be 100 or less').optional(),
        monthlyCap: z.int().min(0, 'must be 0 or more').max(100_000_000, 'must be 100000000 or less').nullish(),
        credentials: z.strictObject({ apiKey: text(500) }).nullish(),
      })
      .meta({ id: 'EnrichmentProviderChanges' }),
    response: Provider,
    verb: configureEnrichmentProvider,
    prepare: async (_request, tools) => ({ value: tools.mailing.secrets }),
    input: ({ params, body: { credentials, ...changes }, raw }, secrets) => ({
      ...params,
      secrets,
      expectedVersion: raw.ifMatch,
      changes: { ...changes, apiKey: credentials === null ? null : credentials?.apiKey },
    }),
    etag: (provider) => provider.version,
    shownBy: { operation: 'listEnrichmentProviders' },
    examples: [
      {
        name: 'First to be asked, up to a thousand times a month',
        params: { id: 'apollo' },
        body: { enabled: true, priority: 1, monthlyCap: 1000, credentials: { apiKey: 'your-apollo-key' } },
      },
    ],
  }),
  defineEndpoint({
    operationId: 'requestEnrichment',
    face,
    method: 'post',
    path: '/enrichment/requests',
    tag,
    summary: 'Have prospects and accounts looked up',
    description: `${PROCESS_NOTE} At most ${MOST_ENRICHMENT_TARGETS} records; naming accounts needs accounts.edit as well.`,
    status: 201,
    body: z
      .strictObject({ prospectIds: records.optional(), accountIds: records.optional(), fields })
      .meta({ id: 'EnrichmentRequestInput' }),
    response: RequestDetail,
    verb: requestEnrichment,
    input: ({ body }) => body,
    location: (request) => `/enrichment/requests/${request.id}`,
    examples: [
      {
        name: 'A person and a company',
        body: {
          prospectIds: ['{{createProspect.id}}'],
          accountIds: ['{{createAccount.id}}'],
          fields: ['title', 'phone', 'industry', 'employeeCount'],
        },
      },
    ],
  }),
  defineEndpoint({
    operationId: 'listEnrichmentRequests',
    face,
    method: 'get',
    path: '/enrichment/requests',
    tag,
    summary: 'List enrichment requests, newest first, with what they brought and cost',
    list: 'page',
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(ENRICHMENT_STATUSES).optional(),
      prospectId: id().optional(),
      accountId: id().optional(),
    }),
    response: Request,
    verb: listEnrichmentRequests,
    input: ({ query }) => query,
  }),
  defineEndpoint({
    operationId: 'getEnrichmentRequest',
    face,
    method: 'get',
    path: '/enrichment/requests/{id}',
    tag,
    summary: 'Get an enrichment request with every call to a provider',
    errors: [404],
    params: z.strictObject({ id: id() }),
    response: RequestDetail,
    verb: getEnrichmentRequest,
    input: ({ params }) => params,
  }),
  defineEndpoint({
    operationId: 'enrichProspect',
    face,
    method: 'post',
    path: '/prospects/{id}/enrich',
    tag,
    summary: 'Have a prospect looked up',
    description: PROCESS_NOTE,
    errors: [404],
    status: 201,
    params: z.strictObject({ id: id() }),
    body: WaterfallBody,
    response: RequestDetail,
    verb: enrichProspect,
    input: ({ params, body }) => ({ ...params, ...body }),
    location: (request) => `/enrichment/requests/${request.id}`,
    examples: [{ name: 'Title and number', body: { fields: ['title', 'phone'] } }],
  }),
  defineEndpoint({
    operationId: 'enrichAccount',
    face,
    method: 'post',
    path: '/accounts/{id}/enrich',
    tag,
    summary: 'Have a company looked up',
    description: PROCESS_NOTE,
    errors: [404],
    status: 201,
    params: z.strictObject({ id: id() }),
    body: WaterfallBody,
    response: RequestDetail,
    verb: enrichAccount,
    input: ({ params, body }) => ({ ...params, ...body }),
    location: (request) => `/enrichment/requests/${request.id}`,
    examples: [{ name: 'Industry and size', body: { fields: ['industry', 'employeeCount'] } }],
  }),
];
