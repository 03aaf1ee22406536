import { z } from 'zod';
import { getOutboxMessage, listOutbox } from '../../services/platform/sends/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'emails';

const OutboxMessage = z
  .strictObject({
    id: id(),
    channel: z.string(),
    purpose: z.string(),
    to: z.array(z.strictObject({ email: z.string(), name: z.string().nullable() })),
    from: z.string(),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    headers: z.record(z.string(), z.string()),
    calendar: z
      .strictObject({ method: z.enum(['REQUEST', 'CANCEL']), text: z.string() })
      .optional()
      .describe('The calendar entry that goes with an invitation'),
    sendId: id(),
    prospectId: id().nullable(),
    createdAt: timestamp(),
  })
  .meta({ id: 'OutboxMessage' });

const toAnswer = <M extends { to: readonly object[]; headers: Readonly<Record<string, string>> }>(message: M) => ({
  ...message,
  to: [...message.to] as z.output<typeof OutboxMessage>['to'],
  headers: { ...message.headers },
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
