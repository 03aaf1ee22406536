import { z } from 'zod';
import { phoneNumber } from '../../domain/crm/record.input.ts';
import {
  type CallView,
  DISPOSITIONS,
  deleteCall,
  getCall,
  listCalls,
  logCall,
  updateCall,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { currencyCode, decimalAmount, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'calls';
const params = z.strictObject({ id: id() });
const direction = z.enum(['inbound', 'outbound']);
const disposition = z.enum(DISPOSITIONS);

const said = {
  durationSeconds: z
    .number()
    .int('must be a whole number')
    .min(0, 'must be 0 or more')
    .max(86_400, 'must be 86400 or less')
    .nullish(),
  disposition: disposition.nullish(),
  phone: phoneNumber().nullish(),
  notes: text(20_000).nullish(),
  outcome: text(200).nullish(),
  cost: decimalAmount().nullish(),
  costCurrency: currencyCode().nullish(),
};

const Call = z
  .strictObject({
    id: id(),
    prospectId: id().nullable(),
    accountId: id().nullable(),
    dealId: id().nullable(),
    userId: id().nullable(),
    taskId: id().nullable().describe('The task that it was made for'),
    interactionId: id().nullable().describe('The touch that the call became; there within a second'),
    direction,
    durationSeconds: z.number().nullable(),
    disposition: disposition.nullable(),
    phone: z.string().nullable(),
    notes: z.string().nullable(),
    outcome: z.string().nullable(),
    cost: z.number().nullable(),
    costCurrency: z.string().nullable(),
    occurredAt: timestamp(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'CallLog' });
const toCall = (call: CallView) => ({ ...call, cost: call.cost === null ? null : Number(call.cost) });

export const listCallsEndpoint = defineEndpoint({
  operationId: 'listCallLogs',
  face,
  method: 'get',
  path: '/call-logs',
  tag,
  summary: 'List calls, latest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    prospectId: id().optional(),
    accountId: id().optional(),
    dealId: id().optional(),
    userId: id().optional(),
    taskId: id().optional(),
    disposition: disposition.optional(),
    direction: direction.optional(),
    from: timestamp().optional(),
    until: timestamp().optional(),
  }),
  response: Call,
  verb: listCalls,
  input: ({ query }) => query,
  output: toCall,
});

export const logCallEndpoint = defineEndpoint({
  operationId: 'logCall',
  face,
  method: 'post',
  path: '/call-logs',
  tag,
  summary: 'Log a call',
  description:
    'Stands in the timeline at once, and becomes a touch of the person that attribution counts, with its agent and cost. A prospect and a disposition are enough. A call that names its task does the task; one that names none is credited to an open call task of whoever called, which stays open. What gave the task, such as a step of a cadence, gets the credit of the touch.',
  status: 201,
  body: z
    .strictObject({
      prospectId: id().nullish(),
      accountId: id().nullish(),
      dealId: id().nullish(),
      userId: id().nullish().describe('Who called; default: you'),
      taskId: id().nullish().describe('The call task that it does; default: the oldest open one to call this person'),
      direction: direction.optional(),
      occurredAt: timestamp().optional().describe('When it began; default: now, less its duration'),
      ...said,
    })
    .meta({ id: 'CallLogInput' }),
  response: Call,
  verb: logCall,
  input: ({ body }) => body,
  output: toCall,
  etag: (call) => call.version,
  location: (call) => `/call-logs/${call.id}`,
  examples: [
    {
      name: 'Nobody there',
      body: { prospectId: '{{createProspect.id}}', disposition: 'no_answer', direction: 'outbound' },
    },
  ],
});

export const getCallEndpoint = defineEndpoint({
  operationId: 'getCallLog',
  face,
  method: 'get',
  path: '/call-logs/{id}',
  tag,
  summary: 'Get a call',
  errors: [404],
  params,
  response: Call,
  verb: getCall,
  input: ({ params: given }) => given,
  output: toCall,
  etag: (call) => call.version,
});

export const updateCallEndpoint = defineEndpoint({
  operationId: 'updateCallLog',
  face,
  method: 'put',
  path: '/call-logs/{id}',
  tag,
  summary: 'Update notes and outcome of a call (partial)',
  errors: [404, 412],
  params,
  body: z.strictObject(said).meta({ id: 'CallLogChanges' }),
  response: Call,
  verb: updateCall,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  output: toCall,
  etag: (call) => call.version,
  examples: [{ name: 'What was said', body: { disposition: 'answered', notes: 'Wants a quote for 50 seats' } }],
});

export const deleteCallEndpoint = defineEndpoint({
  operationId: 'deleteCallLog',
  face,
  method: 'delete',
  path: '/call-logs/{id}',
  tag,
  summary: 'Delete a call',
  description: 'It leaves the timeline, and its touch no longer counts.',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteCall,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});
