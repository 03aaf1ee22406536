import { z } from 'zod';
import {
  addDealContact,
  createDeal,
  type DealView,
  deleteDeal,
  getDeal,
  listDealContacts,
  listDeals,
  moveDealStage,
  readBoard,
  removeDealContact,
  updateDeal,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery } from '../http/schemas.ts';
import {
  Board,
  BoardQuery,
  CreateDealBody,
  Deal,
  DealContactBody,
  DealContactItem,
  DealContactParams,
  DealParams,
  DealQuery,
  DealWithContacts,
  MoveDealBody,
  toDeal,
  toDealDetail,
  UpdateDealBody,
} from './deals.dto.ts';

const face = 'b' as const;
const tag = 'deals';
const params = DealParams;

export const listDealsEndpoint = defineEndpoint({
  operationId: 'listDeals',
  face,
  method: 'get',
  path: '/deals',
  tag,
  summary: 'List deals, next to close first',
  list: 'page',
  query: DealQuery,
  response: Deal,
  verb: listDeals,
  input: ({ query }) => query,
  output: (deal: DealView) => toDeal(deal),
});

export const readBoardEndpoint = defineEndpoint({
  operationId: 'readDealBoard',
  face,
  method: 'get',
  path: '/deals/board',
  tag,
  summary: 'Read the pipeline board',
  description: 'All stages in their order with counts, sums per currency and the first cards of each column.',
  query: BoardQuery,
  response: Board,
  verb: readBoard,
  input: ({ query }) => query,
  output: ({ stages }) => ({
    stages: stages.map((column) => ({
      ...column,
      totals: column.totals.map((total) => ({
        ...total,
        amount: Number(total.amount),
        weighted: Number(total.weighted),
      })),
      deals: column.deals.map(toDeal),
    })),
  }),
});

export const createDealEndpoint = defineEndpoint({
  operationId: 'createDeal',
  face,
  method: 'post',
  path: '/deals',
  tag,
  summary: 'Create a deal',
  status: 201,
  body: CreateDealBody,
  response: DealWithContacts,
  verb: createDeal,
  input: ({ body }) => body,
  output: toDealDetail,
  etag: (deal) => deal.version,
  location: (deal) => `/deals/${deal.id}`,
  examples: [
    {
      name: 'An opportunity',
      body: { name: 'Globex: 50 seats', amount: 24000, currency: 'USD', stage: 'proposal', closeDate: '2026-12-15' },
    },
  ],
});

export const getDealEndpoint = defineEndpoint({
  operationId: 'getDeal',
  face,
  method: 'get',
  path: '/deals/{id}',
  tag,
  summary: 'Get a deal with its contacts',
  errors: [404],
  params,
  response: DealWithContacts,
  verb: getDeal,
  input: ({ params: given }) => given,
  output: toDealDetail,
  etag: (deal) => deal.version,
});

export const updateDealEndpoint = defineEndpoint({
  operationId: 'updateDeal',
  face,
  method: 'put',
  path: '/deals/{id}',
  tag,
  summary: 'Update a deal (partial), or move it to another stage',
  description:
    'A won deal becomes a conversion of its contacts and account at once; one that is reopened or lost after all takes it back.',
  errors: [404, 409, 412],
  params,
  body: UpdateDealBody,
  response: DealWithContacts,
  verb: updateDeal,
  input: ({ params: given, body: { fromStage, ...changes }, raw }) => ({
    ...given,
    fromStage,
    changes,
    expectedVersion: raw.ifMatch,
  }),
  output: toDealDetail,
  etag: (deal) => deal.version,
  examples: [{ name: 'A new amount', body: { amount: 26500, probability: 60 } }],
});

export const moveDealStageEndpoint = defineEndpoint({
  operationId: 'moveDealStage',
  face,
  method: 'put',
  path: '/deals/{id}/stage',
  tag,
  summary: 'Move a deal to another stage',
  errors: [404, 409, 412],
  params,
  body: MoveDealBody,
  response: DealWithContacts,
  verb: moveDealStage,
  input: ({ params: given, body: { position, ...move }, raw }) => ({
    ...given,
    ...move,
    place: position,
    expectedVersion: raw.ifMatch,
  }),
  output: toDealDetail,
  etag: (deal) => deal.version,
  examples: [{ name: 'Dragged to the top of negotiation', body: { stage: 'negotiation', position: 0 } }],
});

export const deleteDealEndpoint = defineEndpoint({
  operationId: 'deleteDeal',
  face,
  method: 'delete',
  path: '/deals/{id}',
  tag,
  summary: 'Delete a deal',
  description: 'The revenue of a won deal is taken back.',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteDeal,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});

export const listDealContactsEndpoint = defineEndpoint({
  operationId: 'listDealContacts',
  face,
  method: 'get',
  path: '/deals/{id}/contacts',
  tag,
  summary: 'List the contacts of a deal, decision makers first',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject(pageQuery),
  response: DealContactItem,
  verb: listDealContacts,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});

export const addDealContactEndpoint = defineEndpoint({
  operationId: 'addDealContact',
  face,
  method: 'post',
  path: '/deals/{id}/contacts',
  tag,
  summary: 'Link a prospect to a deal',
  errors: [404, 409],
  status: 201,
  params,
  body: DealContactBody,
  response: DealContactItem,
  verb: addDealContact,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  examples: [{ name: 'The one who decides', body: { prospectId: '{{createProspect.id}}', role: 'decision maker' } }],
  shownBy: { operation: 'listDealContacts' },
});

export const removeDealContactEndpoint = defineEndpoint({
  operationId: 'removeDealContact',
  face,
  method: 'delete',
  path: '/deals/{id}/contacts/{prospectId}',
  tag,
  summary: 'Unlink a prospect from a deal',
  errors: [404],
  params: DealContactParams,
  response: z.strictObject({ id: id(), prospectId: id() }),
  verb: removeDealContact,
  input: ({ params: given }) => given,
  examples: [{ name: 'No longer there', params: { prospectId: '{{addDealContact.prospectId}}' } }],
});
