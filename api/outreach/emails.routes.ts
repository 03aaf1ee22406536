import { z } from 'zod';
import type { Attachment } from '../../domain/platform/mail.port.ts';
import {
  cancelEmail,
  EMAIL_CATEGORIES,
  EMAIL_STATUSES,
  type EmailView,
  getEmail,
  listEmails,
  sendEmail,
} from '../../services/outreach/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { searchQuery } from '../http/filter-query.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';
import { Email, EmailSummary, SendEmailBody } from './emails.dto.ts';

const face = 'b' as const;
const tag = 'emails';
const params = z.strictObject({ id: id() });

/** Contents of attachments stay with the message. */
const toEmail = ({ attachments, ...email }: EmailView): z.output<typeof Email> => ({
  ...email,
  attachments: (attachments as unknown as Attachment[]).map(({ fileName, mediaType, content }) => ({
    fileName,
    mediaType,
    size: Buffer.byteLength(content, 'base64'),
  })),
});

export const sendEmailEndpoint = defineEndpoint({
  operationId: 'sendEmail',
  face,
  method: 'post',
  path: '/emails/send',
  tag,
  summary: 'Send an e-mail, with or without a template, now or later',
  description:
    'A recipient who has unsubscribed, bounced or must not be contacted gets nothing: the answer then says `status: "suppressed"` and `suppressedBy`. Marketing carries List-Unsubscribe (RFC 8058) and a footer, and goes to one person per message.',
  errors: [409],
  status: 201,
  body: SendEmailBody,
  response: Email,
  verb: sendEmail,
  prepare: async (_, { outreach }) => ({ value: outreach }),
  input: ({ body: { test, ...body } }, tools) => ({ ...body, isTest: test, tools }),
  output: toEmail,
  location: (email) => `/emails/${email.id}`,
  examples: [
    {
      name: 'With a template',
      body: {
        to: [{ email: 'prospect@company.com', name: 'John Doe' }],
        templateId: '{{createEmailTemplate.id}}',
        variables: { firstName: 'John', company: 'Acme Inc', meetingLink: 'https://cal.com/meeting' },
        prospectId: '{{createProspect.id}}',
        trackOpens: true,
        trackClicks: true,
      },
    },
    {
      name: 'From person to person',
      body: {
        to: [{ email: 'prospect@company.com' }],
        subject: 'As promised',
        html: '<p>Here is <a href="https://acme.example/pricing">our price list</a>.</p>',
      },
    },
    {
      name: 'Tomorrow',
      body: {
        to: [{ email: 'prospect@company.com' }],
        subject: 'Good morning',
        text: 'Shall we talk today?',
        scheduledAt: '2099-07-01T07:00:00Z',
      },
    },
  ],
});

export const getEmailEndpoint = defineEndpoint({
  operationId: 'getEmail',
  face,
  method: 'get',
  path: '/emails/{id}',
  tag,
  summary: 'Get an e-mail and what became of it',
  errors: [404],
  params,
  response: Email,
  verb: getEmail,
  input: ({ params: given }) => given,
  output: toEmail,
  examples: [{ name: 'One that was sent', params: { id: '{{sendEmail.id}}' } }],
});

export const listEmailsEndpoint = defineEndpoint({
  operationId: 'listEmails',
  face,
  method: 'get',
  path: '/emails',
  tag,
  summary: 'List e-mails, newest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    status: z.enum(EMAIL_STATUSES).optional(),
    category: z.enum(EMAIL_CATEGORIES).optional(),
    prospectId: id().optional(),
    dealId: id().optional(),
    campaignId: id().optional(),
    senderId: id().optional(),
    templateId: id().optional(),
    threadId: id().optional(),
    bulkJobId: id().optional(),
    userId: id().optional(),
    to: z.string().max(320).optional().describe('The whole address, in any case'),
    q: searchQuery().describe('Part of the subject'),
    from: timestamp().optional(),
    until: timestamp().optional(),
  }),
  response: EmailSummary,
  verb: listEmails,
  input: ({ query }) => query,
  examples: [{ name: 'What waits', query: { status: 'scheduled' } }],
});

export const cancelEmailEndpoint = defineEndpoint({
  operationId: 'cancelEmail',
  face,
  method: 'post',
  path: '/emails/{id}/cancel',
  tag,
  summary: 'Cancel an e-mail that is for later',
  errors: [404, 409],
  params,
  response: Email,
  verb: cancelEmail,
  input: ({ params: given }) => given,
  output: toEmail,
  shownBy: { operation: 'getEmail', params: { id: '{{cancelEmail.id}}' }, shows: { status: 'cancelled' } },
  examples: [{ name: 'Not tomorrow after all', params: { id: '{{sendEmail[Tomorrow].id}}' } }],
});
