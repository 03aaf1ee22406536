import { z } from 'zod';
import { API_KEY_FIELDS } from '../../domain/platform/api-key-fields.rules.ts';
import { ALL_PERMISSIONS, KEY_SCOPES, type KeyScope } from '../../domain/platform/permissions.rules.ts';
import {
  getApiKey,
  getApiKeyUsage,
  issueApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '../../services/platform/api-keys/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { filterQuery, searchQuery, sortQuery } from '../http/filter-query.ts';
import { id, pageQuery, reportDay, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'api-keys';
const params = z.strictObject({ id: id() });

const SCOPES = [...Object.keys(KEY_SCOPES), ...ALL_PERMISSIONS] as [KeyScope, ...KeyScope[]];

const keyFields = {
  id: id(),
  name: z.string(),
  prefix: z.string().describe('The visible beginning of the secret'),
  scopes: z.array(z.string()),
  status: z.enum(['active', 'revoked', 'expired']),
  userId: id().nullable().describe('The owner: the key never holds more than they do'),
  userEmail: z.string().nullable(),
  rateLimit: z.number().nullable().describe('Requests per hour; null takes the general limit'),
  requestCount: z.number(),
  lastUsedAt: timestamp().nullable(),
  expiresAt: timestamp().nullable(),
  previousKeyExpiresAt: timestamp().nullable().describe('Until then a secret from before a rotation works as well'),
  revokedAt: timestamp().nullable(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
const ApiKey = z.strictObject(keyFields).meta({ id: 'ApiKey' });
const ApiKeyWithSecret = z
  .strictObject({ ...keyFields, key: z.string().describe('The secret, shown here and never again') })
  .meta({ id: 'ApiKeyWithSecret' });

const used = { requests: z.number(), failed: z.number(), rateLimitHits: z.number() };
const Usage = z
  .strictObject({
    keyId: id(),
    name: z.string(),
    requestCount: z.number().describe('Ever'),
    lastUsedAt: timestamp().nullable(),
    rateLimit: z.number().nullable(),
    startDate: z.string(),
    endDate: z.string(),
    ...used,
    days: z.array(z.strictObject({ date: z.string(), ...used })).describe('UTC days with a request'),
    endpoints: z.array(z.strictObject({ endpoint: z.string(), ...used })).describe('The 100 that were called most'),
  })
  .meta({ id: 'ApiKeyUsage' });

const scope = z.enum(SCOPES, `must be one of ${Object.keys(KEY_SCOPES).join(', ')}, or a permission like data.ingest`);

export const API_KEY_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'listApiKeys',
    face,
    method: 'get',
    path: '/api-keys',
    tag,
    summary: 'List API keys, newest first; never their secrets',
    description: 'Counts and times of use are some seconds behind.',
    list: 'page',
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(['active', 'revoked', 'expired']).optional(),
      sort: sortQuery(API_KEY_FIELDS, face, '-createdAt'),
      filter: filterQuery(API_KEY_FIELDS, face),
      q: searchQuery(),
    }),
    response: ApiKey,
    verb: listApiKeys,
    input: ({ query }) => query,
  }),
  defineEndpoint({
    operationId: 'createApiKey',
    face,
    method: 'post',
    path: '/api-keys',
    tag,
    summary: 'Create an API key; its secret is shown once',
    description:
      'Scopes are the seven printed ones or code names of permissions, and never more than the caller holds. The key belongs to the caller and loses what its owner loses. A limit of its own (requests per hour) needs organization.edit.',
    status: 201,
    body: z
      .strictObject({
        name: text(200),
        scopes: z.array(scope).min(1, 'must name one scope or more').max(SCOPES.length),
        expiresAt: timestamp().nullable().optional().describe('The owner is told seven days ahead'),
        rateLimit: z.int('must be a whole number').min(1, 'must be 1 or more').max(10_000_000).nullable().optional(),
      })
      .meta({ id: 'ApiKeyInput' }),
    response: ApiKeyWithSecret,
    verb: issueApiKey,
    input: ({ body }) => body,
    secretAnswer: true,
    etag: (key) => key.version,
    location: (key) => `/api-keys/${key.id}`,
    examples: [
      {
        name: 'For a script that reads prospects',
        body: { name: 'Nightly export', scopes: ['prospects:read', 'deals:read'] },
      },
    ],
  }),
  defineEndpoint({
    operationId: 'getApiKey',
    face,
    method: 'get',
    path: '/api-keys/{id}',
    tag,
    summary: 'Get an API key; never its secret',
    errors: [404],
    params,
    response: ApiKey,
    verb: getApiKey,
    input: ({ params: given }) => given,
    etag: (key) => key.version,
  }),
  defineEndpoint({
    operationId: 'revokeApiKey',
    face,
    method: 'delete',
    path: '/api-keys/{id}',
    tag,
    summary: 'Revoke an API key for good, with all its secrets',
    description: 'Takes effect within a second in every process. A key that is revoked already stays as it is.',
    errors: [404, 412],
    params,
    response: ApiKey,
    verb: revokeApiKey,
    input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
  }),
  defineEndpoint({
    operationId: 'rotateApiKey',
    face,
    method: 'put',
    path: '/api-keys/{id}/rotate',
    tag,
    summary: 'Give an API key a new secret; the old one works on for an overlap',
    description: 'The body may be left out: the overlap is then 24 hours. With 0 every earlier secret ends at once.',
    errors: [404, 409, 412],
    params,
    body: z
      .strictObject({
        overlapSeconds: z
          .int('must be a whole number')
          .min(0, 'must be 0 or more')
          .max(2_592_000, 'must be 2592000 (30 days) or less')
          .default(86_400),
      })
      .optional()
      .meta({ id: 'ApiKeyRotation' }),
    response: ApiKeyWithSecret,
    verb: rotateApiKey,
    input: ({ params: given, body, raw }) => ({
      ...given,
      overlapSeconds: body?.overlapSeconds ?? 86_400,
      expectedVersion: raw.ifMatch,
    }),
    secretAnswer: true,
    etag: (key) => key.version,
    examples: [{ name: 'An hour to change over', body: { overlapSeconds: 3_600 } }],
  }),
  defineEndpoint({
    operationId: 'getApiKeyUsage',
    face,
    method: 'get',
    path: '/api-keys/{id}/usage',
    tag,
    summary: 'See what an API key was used for: by day and by endpoint, with hits of its limit',
    errors: [404],
    params,
    query: z.strictObject({
      startDate: reportDay().optional().describe('UTC; 30 days back by default'),
      endDate: reportDay().optional().describe('UTC, inclusive; today by default'),
    }),
    response: Usage,
    verb: getApiKeyUsage,
    input: ({ params: given, query }) => ({ ...given, ...query }),
  }),
];
