import { z } from 'zod';
import { TICKET_FIELDS } from '../../domain/service/ticket-fields.rules.ts';
import {
  assignTicket,
  createTicket,
  getTicket,
  listReplies,
  listTickets,
  readSlaState,
  replyToTicket,
  updateTicket,
} from '../../services/service/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { searchQuery, sortQuery } from '../http/filter-query.ts';
import { id, pageQuery, text } from '../http/schemas.ts';
import {
  params,
  priority,
  Reply,
  SlaState,
  slaState,
  status,
  Ticket,
  TicketDetail,
  TicketInput,
  ticketFields,
} from './tickets.dto.ts';

const face = 'b' as const;
const tag = 'tickets';
const flag = () =>
  z
    .enum(['true', 'false'])
    .transform((given) => given === 'true')
    .optional();

export const listTicketsEndpoint = defineEndpoint({
  operationId: 'listTickets',
  face,
  method: 'get',
  path: '/tickets',
  tag,
  summary: 'List tickets, the newest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    status: status.optional(),
    priority: priority.optional(),
    assigneeId: id().optional(),
    teamId: id().optional(),
    prospectId: id().optional(),
    accountId: id().optional(),
    slaState: slaState.optional(),
    tag: text(50).optional(),
    filter: z
      .string()
      .max(8_000)
      .optional()
      .describe(
        `Conditions like and(eq(priority,urgent),has(account)). Fields: ${Object.keys(TICKET_FIELDS).join(', ')}, custom.<key>.`,
      ),
    q: searchQuery(),
    sort: sortQuery(TICKET_FIELDS, face, '-createdAt'),
  }),
  response: Ticket,
  verb: listTickets,
  input: ({ query }) => query,
  examples: [
    { name: 'Urgent ones, the next to be late first', query: { priority: 'urgent', sort: 'resolutionDueAt' } },
    { name: 'By a filter', query: { filter: 'and(in(status,new,open),within_last(createdAt,30d))' } },
  ],
});

export const createTicketEndpoint = defineEndpoint({
  operationId: 'createTicket',
  face,
  method: 'post',
  path: '/tickets',
  tag,
  summary: 'Create a ticket',
  description:
    'Finds the person and the account behind the address, asks the routing rules unless somebody is named, and starts the clocks of the SLA policy that it falls under.',
  status: 201,
  body: TicketInput,
  response: TicketDetail,
  verb: createTicket,
  input: ({ body }) => body,
  etag: (ticket) => ticket.version,
  location: (ticket) => `/tickets/${ticket.id}`,
  examples: [
    {
      name: 'From a customer',
      body: {
        subject: 'The export stops at row 1,000',
        description: 'Since this morning, in every report.',
        priority: 'high',
        requesterEmail: 'ada@example.com',
        requesterName: 'Ada Lovelace',
        tags: ['export'],
      },
    },
    {
      name: 'For a prospect, with a deal',
      body: {
        subject: 'How do we add users?',
        prospectId: '{{createProspect.id}}',
        dealIds: ['{{createDeal.id}}'],
        channel: 'phone',
      },
    },
  ],
});

export const getTicketEndpoint = defineEndpoint({
  operationId: 'getTicket',
  face,
  method: 'get',
  path: '/tickets/{id}',
  tag,
  summary: 'Get a ticket with its links, times and attachments',
  errors: [404],
  params,
  response: TicketDetail,
  verb: getTicket,
  input: ({ params: given }) => given,
  etag: (ticket) => ticket.version,
});

export const updateTicketEndpoint = defineEndpoint({
  operationId: 'updateTicket',
  face,
  method: 'put',
  path: '/tickets/{id}',
  tag,
  summary: 'Update a ticket (partial)',
  description:
    '`pending` pauses its clocks, `resolved` stops them, another priority counts from the creation on. A closed ticket stays closed.',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({ ...ticketFields, subject: ticketFields.subject.optional(), status: status.optional() })
    .meta({ id: 'TicketChanges' }),
  response: TicketDetail,
  verb: updateTicket,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (ticket) => ticket.version,
  examples: [{ name: 'More urgent than it looked', body: { priority: 'urgent', status: 'open' } }],
});

export const assignTicketEndpoint = defineEndpoint({
  operationId: 'assignTicket',
  face,
  method: 'put',
  path: '/tickets/{id}/assign',
  tag,
  summary: 'Assign a ticket to a person, a team or nobody',
  errors: [404, 412],
  params,
  body: z
    .strictObject({ assigneeId: id().nullish(), teamId: id().nullish() })
    .refine(
      ({ assigneeId, teamId }) => assigneeId !== undefined || teamId !== undefined,
      'needs an assigneeId or a teamId',
    )
    .meta({ id: 'TicketAssignment' }),
  response: TicketDetail,
  verb: assignTicket,
  input: ({ params: given, body, raw }) => ({ ...given, ...body, expectedVersion: raw.ifMatch }),
  etag: (ticket) => ticket.version,
  examples: [{ name: 'To a colleague', body: { assigneeId: '{{createUser.id}}' } }],
});

export const replyToTicketEndpoint = defineEndpoint({
  operationId: 'replyToTicket',
  face,
  method: 'post',
  path: '/tickets/{id}/replies',
  tag,
  summary: 'Reply to the requester, or leave an internal note',
  description:
    'A public reply answers what the customer waits for and goes to them by mail in the same thread. An internal note does neither.',
  errors: [404, 409, 412],
  status: 201,
  params,
  body: z
    .strictObject({
      body: text(50_000).optional(),
      isInternal: z.boolean().optional(),
      cannedResponseId: id().optional().describe('Its text, with the variables filled in, below the body'),
      status: status.optional().describe('Where the ticket goes with this reply'),
    })
    .refine(({ body, cannedResponseId }) => body !== undefined || cannedResponseId !== undefined, {
      path: ['body'],
      message: 'is required without cannedResponseId',
    })
    .meta({ id: 'TicketReplyInput' }),
  response: Reply,
  verb: replyToTicket,
  prepare: async (_, { mailing }) => ({ value: { mailing } }),
  input: ({ params: given, body, raw }, prepared) => ({ ...given, ...body, ...prepared, expectedVersion: raw.ifMatch }),
  shownBy: { operation: 'listTicketReplies' },
  examples: [
    { name: 'An answer', body: { body: 'We have found the cause; the fix is out today.', status: 'pending' } },
    { name: 'A note for colleagues', body: { body: 'Same cause as last week.', isInternal: true } },
    { name: 'A prepared answer', body: { cannedResponseId: '{{createCannedResponse.id}}' } },
  ],
});

export const listTicketRepliesEndpoint = defineEndpoint({
  operationId: 'listTicketReplies',
  face,
  method: 'get',
  path: '/tickets/{id}/replies',
  tag,
  summary: 'List the replies and notes of a ticket',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject({ ...pageQuery, isInternal: flag() }),
  response: Reply,
  verb: listReplies,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});

export const readTicketSlaEndpoint = defineEndpoint({
  operationId: 'readTicketSla',
  face,
  method: 'get',
  path: '/tickets/{id}/sla',
  tag,
  summary: 'What was promised, what is left of it, and what each minute was',
  description:
    'Computed as it is read from the history of the ticket: every stretch since its creation is counted, paused, outside of business hours, or a holiday.',
  errors: [404],
  params,
  response: SlaState,
  verb: readSlaState,
  input: ({ params: given }) => given,
});
