import { eraseProspect, exportProspectData } from '../../services/crm/index.ts';
import { PrivacyRequest } from '../data/customers.dto.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { ProspectParams } from './prospects.dto.ts';

const face = 'b' as const;
const tag = 'prospects';
const FOLLOW = 'Follow it at GET /v1/privacy-requests/{id of the answer}.';

export const eraseProspectEndpoint = defineEndpoint({
  operationId: 'eraseProspect',
  face,
  method: 'post',
  path: '/prospects/{id}/erase',
  tag,
  summary: 'Erase the person whom a prospect is',
  description: `Also a deleted prospect, and one whom no interaction has named. Starts a durable process that takes identifiers and texts away everywhere; pseudonymous touches stay, so credit does not change. Asked again, it answers the first request with its certificate. ${FOLLOW}`,
  errors: [404, 409],
  status: (request) => (request.status === 'pending' ? 201 : 200),
  params: ProspectParams,
  response: PrivacyRequest,
  verb: eraseProspect,
  input: ({ params }) => params,
  shownBy: { operation: 'getProspect' },
});

export const exportProspectDataEndpoint = defineEndpoint({
  operationId: 'exportProspectData',
  face,
  method: 'post',
  path: '/prospects/{id}/data-export',
  tag,
  summary: 'Export all that is stored about the person whom a prospect is',
  description: `Starts a durable process. ${FOLLOW} The file is under /v1/privacy-requests/{id}/export.`,
  errors: [404, 409],
  status: 201,
  params: ProspectParams,
  response: PrivacyRequest,
  verb: exportProspectData,
  input: ({ params }) => params,
  shownBy: { operation: 'getProspect' },
});
