import { z } from 'zod';
import { escapeHtml } from '../../domain/platform/mail.rules.ts';
import {
  openSource,
  receiveInboundMail,
  receiveSendGridEvents,
  receiveSms,
  requireSendGridSignature,
  requireTwilioSignature,
} from '../../services/outreach/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'webhooks-in';
const token = z.string().max(200).describe('Of the sender: GET /senders/{id} shows the whole address');
const open = { face, tag, credential: 'none', rateLimit: 'webhook', method: 'post', idempotent: false } as const;

const SENT = { id: '{{sendEmail.id}}' };

const Receipt = z
  .strictObject({ received: z.number(), duplicates: z.number().describe('Known already; they change nothing') })
  .meta({ id: 'InboxReceipt' });

export const sendgridWebhookEndpoint = defineEndpoint({
  ...open,
  operationId: 'receiveSendGridEvents',
  path: '/emails/webhook/sendgrid',
  summary: "Receive SendGrid's events of messages",
  description:
    'Signed as SendGrid does (`X-Twilio-Email-Event-Webhook-Signature`, at most ten minutes old) where the sender has an `eventPublicKey`; production takes nothing else. Batches, repetitions and any order are fine: each event counts once, by its `sg_event_id`.',
  bodyKind: 'signed',
  bodyLimitBytes: 2_097_152,
  query: z.strictObject({ token: token.optional() }),
  body: z.array(freeForm()).max(10_000),
  response: Receipt,
  verb: receiveSendGridEvents,
  prepare: async ({ query, raw }, { db, outreach }) => {
    const source = await openSource(db, outreach, query.token, raw.now);
    requireSendGridSignature(source, outreach, {
      text: raw.text,
      signature: raw.header('x-twilio-email-event-webhook-signature'),
      timestamp: raw.header('x-twilio-email-event-webhook-timestamp'),
      now: raw.now,
    });
    return { value: source, as: { organizationId: source.organizationId, userId: null } };
  },
  input: ({ body }, source) => ({ source, events: body }),
  shownBy: { operation: 'listEmailEvents', params: SENT, query: { type: 'delivered' }, eventually: true },
  examples: [
    {
      name: 'A delivery',
      after: ['sendEmail', { operation: 'listOutbox', until: { '0.channel': 'email' } }],
      query: { token: '{{createSender.webhookToken|token-of-the-sender}}' },
      body: [
        {
          email: 'prospect@company.com',
          timestamp: 1_782_820_800,
          event: 'delivered',
          sg_event_id: 'ZGVsaXZlcmVkLTEyMw',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
          send_id: '{{listOutbox.0.sendId}}',
        },
      ],
    },
  ],
});

const form = z.record(z.string(), z.string());

export const inboundMailWebhookEndpoint = defineEndpoint({
  ...open,
  operationId: 'receiveInboundMail',
  path: '/emails/webhook/inbound',
  summary: "Receive a mail from SendGrid's Inbound Parse",
  description:
    'Stored at once and worked off afterwards: an answer, an absence (with the day of return), a bounce, a referral or a wish to be left alone, told by headers before words. What is attached is kept with it (`GET /emails/inbound`). Whoever has answered is sent nothing by a cadence or mailing from the answer to this request on.',
  errors: [413, 415],
  bodyKind: 'parts',
  bodyLimitBytes: 31_457_280,
  query: z.strictObject({ token: token.optional() }),
  body: form,
  response: Receipt,
  verb: receiveInboundMail,
  prepare: async ({ query, raw }, { db, outreach }) => {
    const source = await openSource(db, outreach, query.token, raw.now);
    return {
      value: { source, secrets: outreach.mailing.secrets },
      as: { organizationId: source.organizationId, userId: null },
    };
  },
  input: ({ body, raw }, prepared) => ({
    ...prepared,
    fields: body,
    files: (raw.files ?? []).map(({ id: blobId, fileName, mediaType }) => ({ blobId, fileName, mediaType })),
  }),
  shownBy: { operation: 'listEmailEvents', params: SENT, query: { type: 'reply' }, eventually: true },
  examples: [
    {
      name: 'An answer',
      query: { token: '{{createSender.webhookToken|token-of-the-sender}}' },
      body: {
        headers: 'Message-ID: <answer-1@company.com>\nIn-Reply-To: {{sendEmail.messageId|<0198c0de@acme.example>}}',
        from: 'John Doe <prospect@company.com>',
        to: 'ada@acme.example',
        subject: 'Re: As promised',
        text: 'Thank you, let us talk on Thursday.',
      },
    },
    {
      name: 'An answer with a file',
      query: { token: '{{createSender.webhookToken|token-of-the-sender}}' },
      body: {
        headers: 'Message-ID: <{{unique}}@company.com>\nIn-Reply-To: {{sendEmail.messageId|<0198c0de@acme.example>}}',
        from: 'John Doe <prospect@company.com>',
        to: 'ada@acme.example',
        subject: 'Our terms',
        text: 'Please find our terms attached.',
      },
      file: { name: 'terms.csv', mediaType: 'text/csv', content: 'seats,price\n10,90\n' },
    },
  ],
});

export const twilioWebhookEndpoint = defineEndpoint({
  ...open,
  operationId: 'receiveSms',
  path: '/sms/webhook/twilio',
  summary: 'Receive texts and their states from Twilio',
  description:
    'Signed with the auth token of the account (`X-Twilio-Signature` over the public address and the fields). STOP and whatever means it ends texts to the number at once, START begins them again, HELP is answered.',
  bodyKind: 'form',
  query: z.strictObject({ token: token.optional(), send: id().optional() }),
  body: form.refine(({ MessageSid, SmsSid }) => MessageSid || SmsSid, { error: 'is missing', path: ['MessageSid'] }),
  response: z.string(),
  reply: {
    mediaType: 'text/xml; charset=utf-8',
    render: ({ answer }) => ({
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${answer === null ? '' : `<Message>${escapeHtml(answer)}</Message>`}</Response>\n`,
    }),
  },
  verb: receiveSms,
  prepare: async ({ query, body, raw }, { db, outreach }) => {
    const source = await openSource(db, outreach, query.token, raw.now);
    const search = new URLSearchParams({ token: query.token!, ...(query.send ? { send: query.send } : {}) });
    requireTwilioSignature(outreach, {
      url: `${outreach.mailing.publicUrl}/api/v1/sms/webhook/twilio?${search}`,
      fields: body,
      signature: raw.header('x-twilio-signature'),
    });
    return { value: source, as: { organizationId: source.organizationId, userId: null } };
  },
  input: ({ body, query }) => ({ fields: body, sendId: query.send ?? null }),
  shownBy: { operation: 'listUnsubscribes', query: { channel: 'sms' } },
  examples: [
    {
      name: 'A wish to be left alone',
      query: { token: '{{createSender.webhookToken|token-of-the-sender}}' },
      body: {
        MessageSid: 'SM0123456789abcdef0123456789abcdef',
        From: '+14155550134',
        To: '+14155550100',
        Body: 'STOP',
      },
    },
  ],
});
