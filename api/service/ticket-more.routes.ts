import { z } from 'zod';
import {
  attachFile,
  mergeTickets,
  readAttachment,
  splitTicket,
  undoTicketMerge,
} from '../../services/service/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { filePart, filePartQuery } from '../http/file-part.ts';
import { id, text, timestamp } from '../http/schemas.ts';
import { Attachment, params, TicketDetail } from './tickets.dto.ts';

const face = 'b' as const;
const tag = 'tickets';

const Merge = z
  .strictObject({
    mergeId: id(),
    sourceId: id(),
    targetId: id(),
    undoneAt: timestamp().nullable(),
    ticket: TicketDetail,
  })
  .meta({ id: 'TicketMerge' });

export const mergeTicketsEndpoint = defineEndpoint({
  operationId: 'mergeTickets',
  face,
  method: 'post',
  path: '/tickets/{id}/merge',
  tag,
  summary: 'Merge another ticket into this one',
  description: 'Its conversation goes on here; it is closed and points here. Each keeps its own clocks.',
  errors: [404, 409],
  params,
  body: z.strictObject({ sourceId: id() }).meta({ id: 'TicketMergeInput' }),
  response: Merge,
  verb: mergeTickets,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  shownBy: { operation: 'getTicket' },
  examples: [
    { name: 'The same question twice', body: { sourceId: '{{createTicket[For a prospect, with a deal].id}}' } },
  ],
});

export const undoTicketMergeEndpoint = defineEndpoint({
  operationId: 'undoTicketMerge',
  face,
  method: 'post',
  path: '/tickets/merges/{mergeId}/undo',
  tag,
  summary: 'Undo a merge of tickets',
  errors: [404, 409],
  params: z.strictObject({ mergeId: id() }),
  response: Merge,
  verb: undoTicketMerge,
  input: ({ params: given }) => given,
  shownBy: { operation: 'getTicket', params: { id: '{{mergeTickets.sourceId}}' }, shows: { mergedIntoId: null } },
  examples: [{ name: 'They were two questions', params: { mergeId: '{{mergeTickets.mergeId}}' } }],
});

export const splitTicketEndpoint = defineEndpoint({
  operationId: 'splitTicket',
  face,
  method: 'post',
  path: '/tickets/{id}/split',
  tag,
  summary: 'Begin a ticket of its own with some of the replies',
  errors: [404],
  status: 201,
  params,
  body: z
    .strictObject({ subject: text(300), replyIds: z.array(id()).min(1).max(200) })
    .meta({ id: 'TicketSplitInput' }),
  response: TicketDetail,
  verb: splitTicket,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  etag: (ticket) => ticket.version,
  location: (ticket) => `/tickets/${ticket.id}`,
  examples: [
    {
      name: 'A second question',
      params: { id: '{{replyToTicket.ticketId}}' },
      body: { subject: 'Another question', replyIds: ['{{replyToTicket.id}}'] },
    },
  ],
});

export const attachFileEndpoint = defineEndpoint({
  operationId: 'attachFileToTicket',
  face,
  method: 'post',
  path: '/tickets/{id}/attachments',
  tag,
  summary: 'Attach a file to a ticket',
  errors: [404, 413, 415],
  status: 201,
  params,
  bodyKind: 'upload',
  body: z.strictObject({}),
  response: Attachment,
  verb: attachFile,
  input: ({ params: given, raw }) => {
    const { id: blobId, fileName, mediaType } = raw.file!;
    return { ...given, file: { blobId, fileName, mediaType } };
  },
  shownBy: { operation: 'getTicket' },
  examples: [
    { name: 'A log', file: { name: 'export.csv', mediaType: 'text/csv', content: 'row,error\n1000,cut off\n' } },
  ],
});

export const readAttachmentEndpoint = defineEndpoint({
  operationId: 'readTicketAttachment',
  face,
  method: 'get',
  path: '/tickets/{id}/attachments/{attachmentId}',
  tag,
  summary: 'Read an attachment, a part of 256 KiB at a time',
  errors: [404],
  params: z.strictObject({ id: id(), attachmentId: id() }),
  query: filePartQuery,
  response: filePart('TicketAttachmentPart', Attachment),
  verb: readAttachment,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});
