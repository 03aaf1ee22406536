import { z } from 'zod';
import { email } from '../../domain/platform/person.input.ts';
import {
  addToBlacklist,
  BLACKLIST_REASONS,
  BOUNCE_TYPES,
  listBlacklist,
  listBounces,
  listUnsubscribes,
  removeFromBlacklist,
} from '../../services/outreach/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { searchQuery } from '../http/filter-query.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'emails';
const filters = {
  ...pageQuery,
  q: searchQuery().describe('Part of the address'),
  from: timestamp().optional(),
  until: timestamp().optional(),
};
const SOURCES = ['link', 'one_click', 'reply', 'provider', 'manual'] as const;

const Unsubscribe = z
  .strictObject({
    id: id(),
    channel: z.enum(['email', 'sms']),
    address: z.string().describe('An e-mail address or a number'),
    prospectId: id().nullable(),
    emailId: id().nullable().describe('The message that was answered so'),
    source: z.string(),
    reason: z.string().nullable(),
    createdAt: timestamp(),
  })
  .meta({ id: 'EmailUnsubscribe' });

export const listUnsubscribesEndpoint = defineEndpoint({
  operationId: 'listUnsubscribes',
  face,
  method: 'get',
  path: '/emails/unsubscribes',
  tag,
  summary: 'List who has unsubscribed, newest first',
  list: 'page',
  query: z.strictObject({
    ...filters,
    source: z.enum(SOURCES).optional(),
    channel: z.enum(['email', 'sms']).optional(),
  }),
  response: Unsubscribe,
  verb: listUnsubscribes,
  input: ({ query }) => query,
});

const BlacklistEntry = z
  .strictObject({
    id: id(),
    email: z.string(),
    reason: z.enum(BLACKLIST_REASONS),
    notes: z.string().nullable(),
    emailId: id().nullable(),
    createdBy: id().nullable(),
    createdAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'EmailBlacklistEntry' });

export const listBlacklistEndpoint = defineEndpoint({
  operationId: 'listBlacklist',
  face,
  method: 'get',
  path: '/emails/blacklist',
  tag,
  summary: 'List addresses that get nothing at all, newest first',
  list: 'page',
  query: z.strictObject({ ...filters, reason: z.enum(BLACKLIST_REASONS).optional() }),
  response: BlacklistEntry,
  verb: listBlacklist,
  input: ({ query }) => query,
});

export const addToBlacklistEndpoint = defineEndpoint({
  operationId: 'addToBlacklist',
  face,
  method: 'post',
  path: '/emails/blacklist',
  tag,
  summary: 'Put an address on the blacklist',
  description: 'Answered once no message to it is on its way any more.',
  errors: [409],
  status: 201,
  body: z
    .strictObject({
      email: email(),
      reason: z.enum(BLACKLIST_REASONS).default('manual'),
      notes: text(1_000).nullish(),
    })
    .meta({ id: 'EmailBlacklistInput' }),
  response: BlacklistEntry,
  verb: addToBlacklist,
  input: ({ body }) => body,
  examples: [{ name: 'By hand', body: { email: 'nobody@company.example', reason: 'manual', notes: 'Asked by phone' } }],
});

export const removeFromBlacklistEndpoint = defineEndpoint({
  operationId: 'removeFromBlacklist',
  face,
  method: 'delete',
  path: '/emails/blacklist/{id}',
  tag,
  summary: 'Take an address off the blacklist',
  errors: [404, 412],
  params: z.strictObject({ id: id() }),
  response: z.strictObject({ id: id() }),
  verb: removeFromBlacklist,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});

export const listBouncesEndpoint = defineEndpoint({
  operationId: 'listBounces',
  face,
  method: 'get',
  path: '/emails/bounces',
  tag,
  summary: 'List bounces and complaints, newest first',
  list: 'page',
  query: z.strictObject({ ...filters, type: z.enum(BOUNCE_TYPES).optional(), emailId: id().optional() }),
  response: z
    .strictObject({
      id: id(),
      emailId: id().nullable(),
      prospectId: id().nullable(),
      email: z.string(),
      type: z.enum(BOUNCE_TYPES),
      statusCode: z.string().nullable(),
      reason: z.string().nullable(),
      occurredAt: timestamp(),
    })
    .meta({ id: 'EmailBounce' }),
  verb: listBounces,
  input: ({ query }) => query,
});
