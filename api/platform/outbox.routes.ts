import { z } from 'zod';
import { getOutboxMessage, listOutbox, type OutboxMessage as Message } from '../../services/platform/sends/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'emails';

const Address = z.strictObject({ email: z.string(), name: z.string().nullable() });

const OutboxMessage = z
  .strictObject({
    id: id(),
    channel: z.string(),
    purpose: z.string(),
    to: z.array(Address),
    from: z.string(),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    headers: z.record(z.string(), z.string()),
    calendar: z
      .strictObject({ method: z.enum(['REQUEST', 'CANCEL']), text: z.string() })
      .optional()
      .describe('The calendar entry that goes with an invitation'),
    others: z.strictObject({ to: z.array(Address), cc: z.array(Address), bcc: z.array(Address) }).optional(),
    replyTo: z.string().optional(),
    attachments: z
      .array(z.strictObject({ fileName: z.string(), mediaType: z.string(), content: z.string().describe('Base64') }))
      .optional(),
    sendId: id(),
    prospectId: id().nullable(),
    createdAt: timestamp(),
  })
  .meta({ id: 'OutboxMessage' });

const toAnswer = ({ others, attachments, ...message }: Message): z.output<typeof OutboxMessage> => ({
  ...message,
  to: [...message.to],
  headers: { ...message.headers },
  ...(others ? { others: { to: [...others.to], cc: [...others.cc], bcc: [...others.bcc] } } : {}),
  ...(attachments ? { attachments: [...attachments] } : {}),
});

export const listOutboxEndpoint = defineEndpoint({
  operationId: 'listOutbox',
  face,
  method: 'get',
  path: '/outbox',
  tag,
  summary: 'Read what the built-in outbox has taken, newest first',
  description:
    'Without a mail provider nothing leaves the machine, and every message can be read here. Mails with links to sign in ' +
    '(purpose transactional) are shown to administrators alone.',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    to: z.string().max(254).optional().describe('The whole address, in any case'),
    channel: z.enum(['email', 'sms', 'push']).optional(),
  }),
  response: OutboxMessage,
  verb: listOutbox,
  prepare: async (_, { mailing }) => ({ value: { secrets: mailing.secrets } }),
  input: ({ query }, prepared) => ({ ...query, ...prepared }),
  output: toAnswer,
  examples: [
    { name: 'The latest', query: { limit: '10' } },
    { name: 'Your own', as: 'register' },
  ],
});

export const getOutboxMessageEndpoint = defineEndpoint({
  operationId: 'getOutboxMessage',
  face,
  method: 'get',
  path: '/outbox/{id}',
  tag,
  summary: 'Read one message of the built-in outbox',
  errors: [404],
  params: z.strictObject({ id: id() }),
  response: OutboxMessage,
  verb: getOutboxMessage,
  prepare: async (_, { mailing }) => ({ value: { secrets: mailing.secrets } }),
  input: ({ params }, prepared) => ({ ...params, ...prepared }),
  output: toAnswer,
  examples: [
    {
      name: 'An invitation',
      after: ['inviteMember', { operation: 'listOutbox', until: { '0.channel': 'email' } }],
      params: { id: '{{listOutbox.0.id}}' },
    },
  ],
});
