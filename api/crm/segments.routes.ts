import { z } from 'zod';
import { PROSPECT_FIELDS } from '../../domain/crm/prospect-fields.rules.ts';
import {
  createSegment,
  deleteSegment,
  getSegment,
  listSegmentMembers,
  listSegments,
  previewSegment,
  updateSegment,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { Prospect } from './prospects.dto.ts';

const face = 'b' as const;
const tag = 'segments';
const params = z.strictObject({ id: id() });

const criteria = freeForm().describe(
  `A tree of {"and": […]}, {"or": […]}, {"not": …} and {"field", "op", "value"} over prospects. Fields: ${Object.keys(PROSPECT_FIELDS).join(', ')}, and custom.<key> of your own.`,
);
const fields = { name: text(100), description: text(1_000).nullish(), criteria };

const Segment = z
  .strictObject({
    id: id(),
    name: z.string(),
    description: z.string().nullable(),
    criteria: freeForm(),
    memberCount: z.number().nullable(),
    countedAt: timestamp().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'Segment' });

const EXAMPLE = {
  and: [
    { field: 'status', op: 'in', value: ['new', 'contacted', 'engaged'] },
    { field: 'touches', op: 'has', where: { field: 'startedAt', op: 'within_last', value: '30d' } },
  ],
};

export const listSegmentsEndpoint = defineEndpoint({
  operationId: 'listSegments',
  face,
  method: 'get',
  path: '/segments',
  tag,
  summary: 'List segments by name',
  list: 'page',
  query: z.strictObject(pageQuery),
  response: Segment,
  verb: listSegments,
  input: ({ query }) => query,
});

export const createSegmentEndpoint = defineEndpoint({
  operationId: 'createSegment',
  face,
  method: 'post',
  path: '/segments',
  tag,
  summary: 'Create a segment of prospects',
  description: 'By what they are, did, answered and bought, and by your own fields.',
  errors: [409],
  status: 201,
  body: z.strictObject(fields).meta({ id: 'SegmentInput' }),
  response: Segment,
  verb: createSegment,
  input: ({ body }) => body,
  etag: (segment) => segment.version,
  location: (segment) => `/segments/${segment.id}`,
  examples: [{ name: 'Heard of lately', body: { name: 'Heard of lately', criteria: EXAMPLE } }],
});

export const previewSegmentEndpoint = defineEndpoint({
  operationId: 'previewSegment',
  face,
  method: 'post',
  path: '/segments/preview',
  tag,
  summary: 'Count who would be in a segment, with a sample',
  body: z.strictObject({ criteria }).meta({ id: 'SegmentPreviewInput' }),
  response: z.strictObject({ count: z.number(), sample: z.array(Prospect) }),
  verb: previewSegment,
  transaction: 'read',
  input: ({ body }) => body,
  examples: [{ name: 'Heard of lately', body: { criteria: EXAMPLE } }],
});

export const getSegmentEndpoint = defineEndpoint({
  operationId: 'getSegment',
  face,
  method: 'get',
  path: '/segments/{id}',
  tag,
  summary: 'Get a segment with its size now',
  errors: [404],
  params,
  response: Segment,
  verb: getSegment,
  input: ({ params: given }) => given,
  etag: (segment) => segment.version,
});

export const updateSegmentEndpoint = defineEndpoint({
  operationId: 'updateSegment',
  face,
  method: 'put',
  path: '/segments/{id}',
  tag,
  summary: 'Update a segment (partial)',
  description: 'Dynamic lists of the segment follow with their next refresh.',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({ name: text(100).optional(), description: text(1_000).nullish(), criteria: criteria.optional() })
    .meta({ id: 'SegmentChanges' }),
  response: Segment,
  verb: updateSegment,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (segment) => segment.version,
  examples: [{ name: 'Another name', body: { name: 'Active people' } }],
});

export const deleteSegmentEndpoint = defineEndpoint({
  operationId: 'deleteSegment',
  face,
  method: 'delete',
  path: '/segments/{id}',
  tag,
  summary: 'Delete a segment that no list is made of',
  errors: [404, 409, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteSegment,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});

export const listSegmentMembersEndpoint = defineEndpoint({
  operationId: 'listSegmentMembers',
  face,
  method: 'get',
  path: '/segments/{id}/members',
  tag,
  summary: 'List who is in a segment now, newest first',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject(pageQuery),
  response: Prospect,
  verb: listSegmentMembers,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});
