import { z } from 'zod';
import { eraseCustomer, exportCustomer, getPrivacyRequest, readExport } from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { CustomerParams, PrivacyRequest, PrivacyRequestParams } from './customers.dto.ts';

const face = 'a' as const;
const tag = 'journey';

export const exportCustomerEndpoint = defineEndpoint({
  operationId: 'exportCustomer',
  face,
  method: 'post',
  path: '/customers/{customerId}/export',
  tag,
  summary: "Export a person's data",
  description:
    'Starts a durable process; read its state under /privacy-requests/{request_id} and the file under /privacy-requests/{request_id}/export.',
  errors: [404],
  status: 201,
  message: 'Export started',
  params: CustomerParams,
  response: PrivacyRequest,
  verb: exportCustomer,
  input: ({ params }) => params,
  location: (request) => `/privacy-requests/${request.id}`,
});

export const eraseCustomerEndpoint = defineEndpoint({
  operationId: 'eraseCustomer',
  face,
  method: 'post',
  path: '/customers/{customerId}/erase',
  tag,
  summary: 'Erase a person',
  description:
    'Starts a durable process that removes identifiers and texts everywhere; pseudonymous touches stay, so credit does not change. Asked again, it answers the first request with its certificate.',
  errors: [404],
  status: (request) => (request.status === 'pending' ? 201 : 200),
  message: (request) => (request.status === 'completed' ? 'Customer erased' : 'Erasure started'),
  params: CustomerParams,
  response: PrivacyRequest,
  verb: eraseCustomer,
  input: ({ params }) => params,
  location: (request) => `/privacy-requests/${request.id}`,
});

export const getPrivacyRequestEndpoint = defineEndpoint({
  operationId: 'getPrivacyRequest',
  face,
  method: 'get',
  path: '/privacy-requests/{requestId}',
  tag,
  summary: 'Get an export or erasure: state and certificate',
  errors: [404],
  message: 'Privacy request',
  params: PrivacyRequestParams,
  response: PrivacyRequest,
  verb: getPrivacyRequest,
  input: ({ params }) => params,
  examples: [{ name: 'An export', params: { requestId: '{{exportCustomer.id}}' } }],
  etag: (request) => request.version,
});

export const downloadExportEndpoint = defineEndpoint({
  operationId: 'downloadCustomerExport',
  face,
  method: 'get',
  path: '/privacy-requests/{requestId}/export',
  tag,
  summary: "Download a person's exported data as JSON",
  errors: [404],
  params: PrivacyRequestParams,
  file: { mediaType: 'application/json', name: 'customer.json' },
  response: z.string(),
  verb: readExport,
  input: ({ params }) => params,
  examples: [
    {
      name: 'A finished export',
      params: { requestId: '{{exportCustomer.id}}' },
      after: [{ operation: 'getPrivacyRequest', until: { status: 'completed' } }],
    },
  ],
});
