import { z } from 'zod';
import { INBOUND_KINDS } from '../../domain/outreach/inbound-kind.rules.ts';
import { listInboundMessages, readInboundAttachment } from '../../services/outreach/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { filePart, filePartQuery } from '../http/file-part.ts';
import { day, id, pageQuery, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'emails';
const CHANNELS = ['email', 'sms'] as const;

const Attachment = z
  .strictObject({ id: id(), fileName: z.string(), mediaType: z.string(), sizeBytes: z.number() })
  .meta({ id: 'InboundAttachment' });

const InboundMessage = z
  .strictObject({
    id: id(),
    channel: z.enum(CHANNELS),
    from: z.string(),
    fromName: z.string().nullable(),
    to: z.string(),
    subject: z.string().nullable(),
    text: z.string().describe('Without what it quotes'),
    kind: z.enum(INBOUND_KINDS),
    rule: z.string().describe('The rule that told its kind'),
    emailId: id().nullable().describe('The e-mail that it answers'),
    threadId: id().nullable(),
    prospectId: id().nullable(),
    returnsOn: day().nullable().describe('The day on which somebody who is away is back'),
    referredTo: z.string().nullable(),
    receivedAt: timestamp(),
    attachments: z.array(Attachment),
  })
  .meta({ id: 'InboundMessage' });

export const listInboundEndpoint = defineEndpoint({
  operationId: 'listInboundMessages',
  face,
  method: 'get',
  path: '/emails/inbound',
  tag,
  summary: 'List what came back: mails and texts, newest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    channel: z.enum(CHANNELS).optional(),
    kind: z.enum(INBOUND_KINDS).optional(),
    prospectId: id().optional(),
    threadId: id().optional(),
    emailId: id().optional(),
  }),
  response: InboundMessage,
  verb: listInboundMessages,
  input: ({ query }) => query,
});

export const readInboundAttachmentEndpoint = defineEndpoint({
  operationId: 'readInboundAttachment',
  face,
  method: 'get',
  path: '/emails/inbound/{id}/attachments/{attachmentId}',
  tag,
  summary: 'Read an attachment of a mail that came in, a part of 256 KiB at a time',
  errors: [404],
  params: z.strictObject({ id: id(), attachmentId: id() }),
  query: filePartQuery,
  response: filePart('InboundAttachmentPart', Attachment),
  verb: readInboundAttachment,
  input: ({ params, query }) => ({ ...params, ...query }),
  examples: [
    {
      name: 'A file that came with an answer',
      after: [
        { operation: 'receiveInboundMail', example: 'An answer with a file' },
        { operation: 'listInboundMessages', until: { '0.kind': 'reply' } },
      ],
      params: { id: '{{listInboundMessages.0.id}}', attachmentId: '{{listInboundMessages.0.attachments.0.id}}' },
    },
  ],
});
