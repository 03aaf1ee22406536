import { z } from 'zod';
import {
  createProspect,
  deleteProspect,
  exportProspects,
  getProspect,
  listProspects,
  readProspectInsights,
  restoreProspect,
  updateProspect,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id } from '../http/schemas.ts';
import {
  CreateProspectBody,
  Prospect,
  ProspectExportQuery,
  ProspectInsights,
  ProspectParams,
  ProspectQuery,
  UpdateProspectBody,
} from './prospects.dto.ts';

const face = 'b' as const;
const tag = 'prospects';
const params = ProspectParams;

export const listProspectsEndpoint = defineEndpoint({
  operationId: 'listProspects',
  face,
  method: 'get',
  path: '/prospects',
  tag,
  summary: 'List prospects, newest first',
  list: 'page',
  errors: [404],
  query: ProspectQuery,
  response: Prospect,
  verb: listProspects,
  input: ({ query }) => query,
});

export const exportProspectsEndpoint = defineEndpoint({
  operationId: 'exportProspects',
  face,
  method: 'get',
  path: '/prospects/export',
  tag,
  summary: 'Export prospects as a CSV file',
  description:
    'All that the filters of the list find, oldest first, streamed. Cells that a spreadsheet would run as formulas are defused; an import takes the file as it is.',
  file: { mediaType: 'text/csv', name: 'prospects.csv' },
  errors: [404],
  query: ProspectExportQuery,
  response: z.string(),
  verb: exportProspects,
  input: ({ query }) => query,
});

export const createProspectEndpoint = defineEndpoint({
  operationId: 'createProspect',
  face,
  method: 'post',
  path: '/prospects',
  tag,
  summary: 'Create a prospect',
  description:
    'An address or number that interactions have brought before links the prospect to that person, and a later one does so as soon as it arrives.',
  errors: [409],
  status: 201,
  body: CreateProspectBody,
  response: Prospect,
  verb: createProspect,
  input: ({ body }) => body,
  etag: (prospect) => prospect.version,
  location: (prospect) => `/prospects/${prospect.id}`,
  examples: [
    {
      name: 'A new contact',
      body: {
        email: 'john@acme.com',
        firstName: 'John',
        lastName: 'Doe',
        company: 'Acme Inc',
        enrichmentEnabled: true,
      },
    },
    { name: 'A name alone', body: { firstName: 'Jon', lastName: 'Doe', company: 'Acme Inc' } },
    { name: 'Somebody to write to', body: { email: 'write.to.{{unique}}@acme.com', firstName: 'Joan' } },
  ],
});

export const getProspectEndpoint = defineEndpoint({
  operationId: 'getProspect',
  face,
  method: 'get',
  path: '/prospects/{id}',
  tag,
  summary: 'Get a prospect',
  errors: [404],
  params,
  response: Prospect,
  verb: getProspect,
  input: ({ params: given }) => given,
  etag: (prospect) => prospect.version,
});

export const readProspectInsightsEndpoint = defineEndpoint({
  operationId: 'readProspectInsights',
  face,
  method: 'get',
  path: '/prospects/{id}/insights',
  tag,
  summary: 'Insights into a prospect, warnings first, each with the rows that it rests on',
  description:
    'Computed from timeline, calls, deals, tasks, meetings and the journey of the person, at the time of the request.',
  errors: [404],
  params,
  response: ProspectInsights,
  verb: readProspectInsights,
  input: ({ params: given }) => given,
});

export const updateProspectEndpoint = defineEndpoint({
  operationId: 'updateProspect',
  face,
  method: 'put',
  path: '/prospects/{id}',
  tag,
  summary: 'Update a prospect (partial)',
  description: 'Absent fields stay as they are, null takes a value away.',
  errors: [404, 409, 412],
  params,
  body: UpdateProspectBody,
  response: Prospect,
  verb: updateProspect,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (prospect) => prospect.version,
  examples: [{ name: 'A first answer', body: { status: 'engaged', title: 'Head of Support' } }],
});

export const deleteProspectEndpoint = defineEndpoint({
  operationId: 'deleteProspect',
  face,
  method: 'delete',
  path: '/prospects/{id}',
  tag,
  summary: 'Delete a prospect (it can be restored)',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteProspect,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});

export const restoreProspectEndpoint = defineEndpoint({
  operationId: 'restoreProspect',
  face,
  method: 'post',
  path: '/prospects/{id}/restore',
  tag,
  summary: 'Restore a deleted prospect',
  errors: [404, 409],
  params,
  response: Prospect,
  verb: restoreProspect,
  input: ({ params: given }) => given,
  etag: (prospect) => prospect.version,
  examples: [{ name: 'After a mistake', after: ['deleteProspect'] }],
});
