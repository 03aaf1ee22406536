import { z } from 'zod';
import {
  addListMembers,
  createList,
  deleteList,
  getList,
  listLists,
  listMembers,
  refreshList,
  removeListMember,
  updateList,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { Prospect } from './prospects.dto.ts';

const face = 'b' as const;
const tag = 'lists';
const params = z.strictObject({ id: id() });
const type = z.enum(['static', 'dynamic']);

const List = z
  .strictObject({
    id: id(),
    name: z.string(),
    description: z.string().nullable(),
    type,
    segmentId: id().nullable(),
    memberCount: z.number(),
    refreshStatus: z.enum(['pending', 'running', 'completed', 'failed']).nullable(),
    refreshedAt: timestamp().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'ContactList' });

export const listListsEndpoint = defineEndpoint({
  operationId: 'listContactLists',
  face,
  method: 'get',
  path: '/lists',
  tag,
  summary: 'List contact lists by name',
  list: 'page',
  query: z.strictObject({ ...pageQuery, type: type.optional(), segmentId: id().optional() }),
  response: List,
  verb: listLists,
  input: ({ query }) => query,
});

export const createListEndpoint = defineEndpoint({
  operationId: 'createContactList',
  face,
  method: 'post',
  path: '/lists',
  tag,
  summary: 'Create a contact list',
  description:
    'A static one is filled by hand; a dynamic one follows its segment, as things happen and as time goes by.',
  errors: [409],
  status: 201,
  body: z
    .strictObject({ name: text(100), description: text(1_000).nullish(), type, segmentId: id().nullish() })
    .meta({ id: 'ContactListInput' }),
  response: List,
  verb: createList,
  input: ({ body }) => body,
  etag: (list) => list.version,
  location: (list) => `/lists/${list.id}`,
  examples: [
    { name: 'Filled by hand', body: { name: 'Guests of the fair', type: 'static' } },
    {
      name: 'Follows a segment',
      body: { name: 'Those of that segment', type: 'dynamic', segmentId: '{{createSegment.id}}' },
    },
  ],
});

export const getListEndpoint = defineEndpoint({
  operationId: 'getContactList',
  face,
  method: 'get',
  path: '/lists/{id}',
  tag,
  summary: 'Get a contact list',
  errors: [404],
  params,
  response: List,
  verb: getList,
  input: ({ params: given }) => given,
  etag: (list) => list.version,
});

export const updateListEndpoint = defineEndpoint({
  operationId: 'updateContactList',
  face,
  method: 'put',
  path: '/lists/{id}',
  tag,
  summary: 'Update a contact list (partial)',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({ name: text(100).optional(), description: text(1_000).nullish(), segmentId: id().optional() })
    .meta({ id: 'ContactListChanges' }),
  response: List,
  verb: updateList,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (list) => list.version,
  examples: [{ name: 'Another name', body: { name: 'Guests of the spring fair' } }],
});

export const deleteListEndpoint = defineEndpoint({
  operationId: 'deleteContactList',
  face,
  method: 'delete',
  path: '/lists/{id}',
  tag,
  summary: 'Delete a contact list',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteList,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});

export const listMembersEndpoint = defineEndpoint({
  operationId: 'listContactListMembers',
  face,
  method: 'get',
  path: '/lists/{id}/members',
  tag,
  summary: 'List the members of a contact list, the latest first',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject(pageQuery),
  response: Prospect,
  verb: listMembers,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});

export const addListMembersEndpoint = defineEndpoint({
  operationId: 'addContactListMembers',
  face,
  method: 'post',
  path: '/lists/{id}/members',
  tag,
  summary: 'Add up to 1,000 prospects to a static list',
  errors: [404, 409],
  params,
  body: z
    .strictObject({
      prospectIds: z
        .array(id())
        .min(1, 'must name at least one prospect')
        .max(1_000, 'must name at most 1000 prospects'),
    })
    .meta({ id: 'ContactListMembersInput' }),
  response: z.strictObject({
    id: id(),
    added: z.number(),
    alreadyMembers: z.number(),
    memberCount: z.number(),
  }),
  verb: addListMembers,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  examples: [{ name: 'A guest', body: { prospectIds: ['{{createProspect.id}}'] } }],
});

export const removeListMemberEndpoint = defineEndpoint({
  operationId: 'removeContactListMember',
  face,
  method: 'delete',
  path: '/lists/{id}/members/{prospectId}',
  tag,
  summary: 'Remove a prospect from a static list',
  errors: [404, 409],
  params: z.strictObject({ id: id(), prospectId: id() }),
  response: z.strictObject({ id: id(), prospectId: id() }),
  verb: removeListMember,
  input: ({ params: given }) => given,
  examples: [
    { name: 'Did not come', params: { prospectId: '{{createProspect.id}}' }, after: ['addContactListMembers'] },
  ],
});

export const refreshListEndpoint = defineEndpoint({
  operationId: 'refreshContactList',
  face,
  method: 'post',
  path: '/lists/{id}/refresh',
  tag,
  summary: 'Make a dynamic list follow its segment now',
  description: 'A process does it; refreshStatus and refreshedAt of the list say how far it is.',
  errors: [404, 409],
  params,
  response: List,
  verb: refreshList,
  input: ({ params: given }) => given,
  etag: (list) => list.version,
  shownBy: { operation: 'getContactList', eventually: true },
  examples: [
    {
      name: 'Now',
      params: { id: '{{createContactList[Follows a segment].id}}' },
      after: [
        { operation: 'createContactList', example: 'Follows a segment' },
        { operation: 'listContactLists', until: { '0.refreshStatus': 'completed' } },
      ],
    },
  ],
});
