import { z } from 'zod';
import { emailAddress } from '../../domain/crm/record.input.ts';
import { addressesOf, readHeaders, readPerson } from '../../domain/service/inbound-mail.rules.ts';
import { createMailbox, deleteMailbox, findMailbox, listMailboxes, receiveMail } from '../../services/service/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { params } from './tickets.dto.ts';

const face = 'b' as const;
const tag = 'tickets';

const mailboxShape = {
  id: id(),
  address: z.string(),
  name: z.string(),
  teamId: id().nullable(),
  createdAt: timestamp(),
  version: z.number(),
};
const Mailbox = z.strictObject(mailboxShape).meta({ id: 'TicketMailbox' });

export const listMailboxesEndpoint = defineEndpoint({
  operationId: 'listTicketMailboxes',
  face,
  method: 'get',
  path: '/ticket-mailboxes',
  tag,
  summary: 'List the addresses that tickets come in by',
  list: 'page',
  query: z.strictObject(pageQuery),
  response: Mailbox,
  verb: listMailboxes,
  input: ({ query }) => query,
});

export const createMailboxEndpoint = defineEndpoint({
  operationId: 'createTicketMailbox',
  face,
  method: 'post',
  path: '/ticket-mailboxes',
  tag,
  summary: 'Create an address that customers write to',
  description:
    'Whatever receives its mail (SendGrid Inbound Parse, or any gateway that posts the same fields) is given the answered `url`, which is shown once and is as good as a password. Replies come from this address.',
  errors: [409],
  status: 201,
  secretAnswer: true,
  body: z
    .strictObject({ address: emailAddress(), name: text(100), teamId: id().nullish().describe('Takes its tickets') })
    .meta({ id: 'TicketMailboxInput' }),
  response: z
    .strictObject({ ...mailboxShape, url: z.string(), token: z.string() })
    .meta({ id: 'CreatedTicketMailbox' }),
  verb: createMailbox,
  prepare: async (_, { mailing }) => ({ value: { publicUrl: mailing.publicUrl } }),
  input: ({ body }, prepared) => ({ ...body, ...prepared }),
  shownBy: { operation: 'listTicketMailboxes' },
  examples: [{ name: 'Support', body: { address: 'support-{{unique}}@example.com', name: 'Support' } }],
});

export const deleteMailboxEndpoint = defineEndpoint({
  operationId: 'deleteTicketMailbox',
  face,
  method: 'delete',
  path: '/ticket-mailboxes/{id}',
  tag,
  summary: 'Delete a mailbox; its tickets stay',
  errors: [404],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteMailbox,
  input: ({ params: given }) => given,
  shownBy: { operation: 'listTicketMailboxes' },
});

const long = z.string().max(4_194_304);
/** Fields of SendGrid's Inbound Parse; gateways may send others beside them. */
const Mail = z
  .looseObject({
    from: z.string().max(2_000),
    to: z.string().max(20_000).optional(),
    cc: z.string().max(20_000).optional(),
    subject: z.string().max(2_000).optional(),
    text: long.optional(),
    html: long.optional().describe('Read where there is no text'),
    headers: long.optional().describe('The head of the mail as it came: ids, answers and marks of machines are in it'),
    envelope: z.string().max(20_000).optional(),
  })
  .meta({ id: 'InboundMail' });

export const receiveMailEndpoint = defineEndpoint({
  operationId: 'receiveTicketMail',
  face,
  method: 'post',
  path: '/tickets/webhook/email',
  tag: 'webhooks-in',
  summary: 'Take in a mail as a ticket or as a reply',
  description:
    'A form as SendGrid Inbound Parse posts it, with attachments, or its fields as JSON. A mail belongs to the ticket whose signed address it was sent to, else whose mail it answers, else whose number its subject names; otherwise it begins one. Automatic replies, bounces, mailing lists and floods are noted and refused. A mail is taken once, however often it comes.',
  errors: [413, 415],
  credential: 'none',
  rateLimit: 'webhook',
  bodyKind: 'parts',
  bodyLimitBytes: 31_457_280,
  idempotent: false,
  query: z.strictObject({ token: z.string().max(200).optional() }),
  body: Mail,
  response: z
    .strictObject({
      outcome: z.enum(['ticket', 'reply', 'refused']),
      duplicate: z.boolean(),
      ticketId: id().nullable(),
      replyId: id().nullable(),
      reason: z.enum(['no_sender', 'auto_reply', 'bounce', 'mailing_list', 'own_mail', 'too_many']).nullable(),
    })
    .meta({ id: 'ReceivedTicketMail' }),
  verb: receiveMail,
  prepare: async ({ query: { token }, raw }, { db }) => {
    const { organizationId, mailboxId } = await findMailbox(db, token, raw.now);
    return { value: { mailboxId }, as: { organizationId, userId: null } };
  },
  input: ({ body, raw }, prepared) => ({ ...prepared, mail: mailOf(body), attachments: filesOf(raw.files ?? []) }),
  shownBy: { operation: 'listTickets' },
  examples: [
    {
      name: 'A customer asks',
      query: { token: '{{createTicketMailbox.token}}' },
      body: {
        from: 'Ada Lovelace <ada@example.com>',
        to: 'support@example.com',
        subject: 'The export stops',
        text: 'Since this morning, in every report.',
        headers: 'Message-ID: <{{unique}}@example.com>\nDate: Thu, 15 Jan 2026 10:30:00 +0000',
      },
    },
  ],
});

function mailOf(body: z.output<typeof Mail>) {
  return {
    from: readPerson(body.from),
    to: addressesOf([body.to, body.cc, body.envelope].filter(Boolean).join(' ')),
    subject: body.subject ?? '',
    text: (body.text ?? textOf(body.html ?? '')).slice(0, 50_000),
    headers: readHeaders(body.headers ?? ''),
  };
}

const filesOf = (files: readonly { id: string; fileName: string; mediaType: string }[]) =>
  files.map(({ id: blobId, fileName, mediaType }) => ({ blobId, fileName, mediaType }));

/** The words of a page; good enough where a mailer has left the plain text out. */
const textOf = (html: string): string =>
  html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<(br|\/p|\/div|\/tr|\/li)\b[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
