import { z } from 'zod';
import { email } from '../../domain/platform/person.input.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import {
  type CheckedDomain,
  checkDomain,
  createSender,
  domainOf,
  getSender,
  getSenderDomain,
  listSenders,
  updateSender,
} from '../../services/outreach/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'emails';
const params = z.strictObject({ id: id() });
const result = z.enum(['pass', 'fail', 'missing', 'unknown']);
const cap = () => z.int().min(1).max(1_000_000);

const Sender = z
  .strictObject({
    id: id(),
    name: z.string(),
    email: z.string(),
    replyTo: z.string().nullable(),
    userId: id().nullable(),
    signatureHtml: z.string().nullable(),
    postalAddress: z.string().nullable(),
    isDefault: z.boolean(),
    status: z.enum(['active', 'paused']),
    pausedBy: z.enum(['person', 'breaker']).nullable(),
    pausedReason: z.string().nullable(),
    dailyCap: z.number().nullable(),
    hourlyCap: z.number().nullable(),
    warmup: z
      .strictObject({
        startedOn: z.string(),
        start: z.number(),
        increment: z.number(),
        target: z.number(),
        endsOn: z.string().nullable(),
      })
      .nullable(),
    today: z.strictObject({ limit: z.number().nullable(), used: z.number() }),
    domain: z
      .strictObject({
        domain: z.string(),
        spf: result,
        dkim: result,
        dmarc: result,
        verified: z.boolean(),
        findings: z.array(z.strictObject({ check: z.enum(['spf', 'dkim', 'dmarc']), message: z.string() })),
        checkedAt: timestamp(),
      })
      .nullable(),
    health: z
      .strictObject({
        state: z.enum(['good', 'warning', 'bad']),
        sent: z.number(),
        delivered: z.number(),
        hardBounces: z.number(),
        complaints: z.number(),
      })
      .describe('Of the last 30 days'),
    readyForMarketing: z.boolean().describe('Whether marketing and sequences may leave from it'),
    notReady: z.array(z.string()).describe('What is missing: DOMAIN_NOT_VERIFIED, POSTAL_ADDRESS_MISSING'),
    hasEventKey: z.boolean().describe('Whether events of the provider have to be signed'),
    webhookToken: z
      .string()
      .nullable()
      .describe(
        'For `?token=` of /emails/webhook/sendgrid, /emails/webhook/inbound and /sms/webhook/twilio; for whoever may change senders',
      ),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'Sender' });

const fields = {
  replyTo: email().nullish(),
  userId: id().nullish().describe('Whose sender it is; they write with it unless another one is named'),
  signatureHtml: z.string().max(20_000).nullish(),
  postalAddress: text(500)
    .nullish()
    .describe('Stands below marketing and sequences; the law of many countries asks for it'),
  isDefault: z.boolean().optional(),
  dailyCap: cap().nullish(),
  hourlyCap: cap().nullish(),
  eventPublicKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{100,200}={0,2}$/, 'must be the base64 text of a P-256 key')
    .nullish()
    .describe("The verification key of SendGrid's signed event webhook"),
  dkimSelectors: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{1,63}$/, 'must be a selector like s1'))
    .max(10)
    .optional()
    .describe('Where the DKIM keys stand; default: the usual ones of large providers'),
};

export const listSendersEndpoint = defineEndpoint({
  operationId: 'listSenders',
  face,
  method: 'get',
  path: '/senders',
  tag,
  summary: 'List senders with caps, ramp, domain and health',
  list: 'page',
  query: z.strictObject({ ...pageQuery, status: z.enum(['active', 'paused']).optional(), userId: id().optional() }),
  response: Sender,
  verb: listSenders,
  prepare: async (_, { outreach }) => ({ value: outreach }),
  input: ({ query }, tools) => ({ ...query, tools }),
});

export const createSenderEndpoint = defineEndpoint({
  operationId: 'createSender',
  face,
  method: 'post',
  path: '/senders',
  tag,
  summary: 'Create a sender; its domain is checked for SPF, DKIM and DMARC',
  description: 'The first one becomes the default. Marketing and sequences need a checked domain and a postal address.',
  errors: [409],
  status: 201,
  body: z.strictObject({ ...fields, name: text(200), email: email() }).meta({ id: 'SenderInput' }),
  response: Sender,
  verb: createSender,
  prepare: async ({ body }, { outreach }) => ({
    value: {
      checked: await checkDomain(outreach, domainOf(body.email), body.dkimSelectors),
      tools: outreach,
    },
  }),
  input: ({ body: { dkimSelectors: _, ...body } }, prepared) => ({ ...body, ...prepared }),
  etag: (sender) => sender.version,
  location: (sender) => `/senders/${sender.id}`,
  examples: [
    {
      name: 'A person',
      body: {
        name: 'Ada of Acme',
        email: 'ada@acme.example',
        postalAddress: '1 Main Street, Springfield',
        dailyCap: 500,
      },
    },
  ],
});

export const getSenderEndpoint = defineEndpoint({
  operationId: 'getSender',
  face,
  method: 'get',
  path: '/senders/{id}',
  tag,
  summary: 'Get a sender with its health',
  errors: [404],
  params,
  response: Sender,
  verb: getSender,
  prepare: async (_, { outreach }) => ({ value: outreach }),
  input: ({ params: given }, tools) => ({ ...given, tools }),
  etag: (sender) => sender.version,
});

export const updateSenderEndpoint = defineEndpoint({
  operationId: 'updateSender',
  face,
  method: 'put',
  path: '/senders/{id}',
  tag,
  summary: 'Update, pause or resume a sender, or check its domain again',
  description:
    'A paused sender keeps its messages until it is resumed. `checkDomain: true` asks the name servers again. The address cannot change.',
  errors: [404, 412],
  params,
  body: z
    .strictObject({
      ...fields,
      name: text(200).optional(),
      status: z.enum(['active', 'paused']).optional(),
      checkDomain: z.boolean().optional(),
    })
    .meta({ id: 'SenderChanges' }),
  response: Sender,
  verb: updateSender,
  prepare: async ({ params: { id: senderId }, body, raw }, { outreach, db }) => {
    let checked: CheckedDomain | undefined;
    if (body.checkDomain === true || body.dkimSelectors !== undefined) {
      const known = await inTransaction(db, raw, (ctx) => getSenderDomain(ctx, { id: senderId }), { readOnly: true });
      checked = await checkDomain(outreach, known.domain, body.dkimSelectors ?? known.selectors);
    }
    return { value: { tools: outreach, checked } };
  },
  input: ({ params: given, body: { checkDomain: _, dkimSelectors: __, ...changes }, raw }, prepared) => ({
    ...given,
    expectedVersion: raw.ifMatch,
    changes,
    ...prepared,
  }),
  etag: (sender) => sender.version,
  examples: [{ name: 'A rest', body: { status: 'paused' } }],
});
