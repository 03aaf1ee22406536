import { z } from 'zod';
import { CANNED_VARIABLES } from '../../domain/service/canned-response.rules.ts';
import {
  createCannedResponse,
  deleteCannedResponse,
  listCannedResponses,
  updateCannedResponse,
} from '../../services/service/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { searchQuery } from '../http/filter-query.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { language, params } from './tickets.dto.ts';

const face = 'b' as const;
const tag = 'tickets';
const shortcut = () => z.string().regex(/^[a-zA-Z0-9_-]{1,50}$/, 'must be one word of letters, digits, - and _');

const fields = {
  title: text(200),
  body: text(50_000).describe(
    `Variables: ${CANNED_VARIABLES.map((name) => `{{${name}}}`).join(', ')}; {{requester.firstName|there}} with a default`,
  ),
  shortcut: shortcut().nullish(),
  language: language().nullish(),
  teamId: id().nullish(),
};

const CannedResponse = z
  .strictObject({
    id: id(),
    title: z.string(),
    body: z.string(),
    shortcut: z.string().nullable(),
    language: z.string().nullable(),
    teamId: id().nullable(),
    usedCount: z.number(),
    createdBy: id().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'CannedResponse' });

export const listCannedResponsesEndpoint = defineEndpoint({
  operationId: 'listCannedResponses',
  face,
  method: 'get',
  path: '/canned-responses',
  tag,
  summary: 'List canned responses by title',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    q: searchQuery(),
    shortcut: shortcut().optional(),
    teamId: id().optional(),
    language: language().optional(),
  }),
  response: CannedResponse,
  verb: listCannedResponses,
  input: ({ query }) => query,
});

export const createCannedResponseEndpoint = defineEndpoint({
  operationId: 'createCannedResponse',
  face,
  method: 'post',
  path: '/canned-responses',
  tag,
  summary: 'Create a canned response',
  errors: [409],
  status: 201,
  body: z.strictObject(fields).meta({ id: 'CannedResponseInput' }),
  response: CannedResponse,
  verb: createCannedResponse,
  input: ({ body }) => body,
  etag: (response) => response.version,
  location: (response) => `/canned-responses/${response.id}`,
  shownBy: { operation: 'listCannedResponses' },
  examples: [
    {
      name: 'Thanks',
      body: { title: 'Thanks', body: 'Thank you for writing to us about ticket #214.', shortcut: 'thanks-{{unique}}' },
    },
  ],
});

export const updateCannedResponseEndpoint = defineEndpoint({
  operationId: 'updateCannedResponse',
  face,
  method: 'put',
  path: '/canned-responses/{id}',
  tag,
  summary: 'Update a canned response (partial)',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({ ...fields, title: fields.title.optional(), body: fields.body.optional() })
    .meta({ id: 'CannedResponseChanges' }),
  response: CannedResponse,
  verb: updateCannedResponse,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (response) => response.version,
  shownBy: { operation: 'listCannedResponses' },
  examples: [{ name: 'Another title', body: { title: 'Thank you' } }],
});

export const deleteCannedResponseEndpoint = defineEndpoint({
  operationId: 'deleteCannedResponse',
  face,
  method: 'delete',
  path: '/canned-responses/{id}',
  tag,
  summary: 'Delete a canned response; replies keep their words',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteCannedResponse,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
  shownBy: { operation: 'listCannedResponses' },
});
