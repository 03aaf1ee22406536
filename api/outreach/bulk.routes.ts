import { z } from 'zod';
import {
  BULK_STATUSES,
  cancelBulkJob,
  createBulkJob,
  getBulkJob,
  pauseBulkJob,
  resumeBulkJob,
} from '../../services/outreach/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { contentFields, Recipient } from './emails.dto.ts';

const face = 'b' as const;
const tag = 'emails';
const params = z.strictObject({ jobId: id() });
const limit = () => z.int().min(1).max(1_000_000);

const counts = {
  id: id(),
  name: z.string().nullable(),
  status: z.enum(BULK_STATUSES),
  templateId: id().nullable(),
  senderId: id().nullable(),
  hourlyLimit: z.number().nullable(),
  domainHourlyLimit: z.number().nullable(),
  scheduledAt: timestamp().nullable(),
  startedAt: timestamp().nullable(),
  completedAt: timestamp().nullable(),
  errorCode: z.string().nullable(),
  total: z.number().describe('People, once they are collected'),
  waiting: z.number().describe('Not planned yet'),
  queued: z.number().describe('Planned: on the way, or held by a cap'),
  sent: z.number(),
  failed: z.number(),
  skipped: z.number().describe('Stopped, or without an address'),
  createdAt: timestamp(),
  version: z.number(),
};
const Job = z.strictObject(counts).meta({ id: 'BulkEmailJob' });
const JobDetail = z
  .strictObject({
    ...counts,
    recipients: z.array(
      z.strictObject({
        email: z.string(),
        name: z.string().nullable(),
        prospectId: id().nullable(),
        emailId: id().nullable(),
        state: z.string().describe('waiting, skipped, failed, or the status of the message'),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkEmailJobDetail' });

export const createBulkJobEndpoint = defineEndpoint({
  operationId: 'createBulkEmailJob',
  face,
  method: 'post',
  path: '/emails/bulk',
  tag,
  summary: 'Send one e-mail to many, now or later',
  description:
    'To `recipients`, a list or a segment (taken as it is when the job begins). One message per address, each with its own values, links and outcome; whoever is stopped gets none. `hourlyLimit` and `domainHourlyLimit` (per receiving domain) hold back beside the caps of the sender.',
  errors: [404, 409],
  status: 201,
  body: z
    .strictObject({
      ...contentFields,
      name: text(200).optional(),
      recipients: z
        .array(Recipient.extend({ prospectId: id().optional(), variables: freeForm().optional() }))
        .min(1, 'at least one recipient is needed')
        .max(10_000)
        .optional(),
      listId: id().optional(),
      segmentId: id().optional(),
      senderId: id().optional(),
      scheduledAt: timestamp().optional(),
      hourlyLimit: limit().optional(),
      domainHourlyLimit: limit().optional(),
    })
    .meta({ id: 'BulkEmailInput' }),
  response: Job,
  verb: createBulkJob,
  prepare: async (_, { outreach }) => ({ value: outreach }),
  input: ({ body }, tools) => ({ ...body, tools }),
  location: (job) => `/emails/bulk/${job.id}`,
  examples: [
    {
      name: 'Later, to two people',
      body: {
        name: 'July news',
        templateId: '{{createEmailTemplate.id}}',
        recipients: [
          { email: 'ann@company.example', name: 'Ann', variables: { firstName: 'Ann' } },
          { email: 'bob@company.example', variables: { firstName: 'Bob' } },
        ],
        scheduledAt: '2099-07-01T07:00:00Z',
        hourlyLimit: 500,
      },
    },
  ],
});

export const getBulkJobEndpoint = defineEndpoint({
  operationId: 'getBulkEmailJob',
  face,
  method: 'get',
  path: '/emails/bulk/{jobId}',
  tag,
  summary: 'How far a bulk job is, with a page of its people',
  description: 'Counted from the messages themselves. `state` picks people by what became of them.',
  errors: [404],
  params,
  query: z.strictObject({ ...pageQuery, state: z.string().max(20).optional() }),
  response: JobDetail,
  verb: getBulkJob,
  input: ({ params: { jobId }, query }) => ({ id: jobId, ...query }),
  etag: (job) => job.version,
});

const decision = { face, tag, method: 'post', errors: [404, 409], params, response: Job } as const;
const ofParams = ({ params: { jobId } }: { params: { jobId: string } }) => ({ id: jobId });

export const pauseBulkJobEndpoint = defineEndpoint({
  ...decision,
  operationId: 'pauseBulkEmailJob',
  path: '/emails/bulk/{jobId}/pause',
  summary: 'Pause a bulk job: nobody else is planned, and what waits to be handed over rests, until it is resumed',
  verb: pauseBulkJob,
  input: ofParams,
});

export const resumeBulkJobEndpoint = defineEndpoint({
  ...decision,
  operationId: 'resumeBulkEmailJob',
  path: '/emails/bulk/{jobId}/resume',
  summary: 'Resume a paused bulk job',
  verb: resumeBulkJob,
  input: ofParams,
  examples: [{ name: 'After a pause', after: ['pauseBulkEmailJob'] }],
});

export const cancelBulkJobEndpoint = defineEndpoint({
  ...decision,
  operationId: 'cancelBulkEmailJob',
  path: '/emails/bulk/{jobId}/cancel',
  summary: 'Cancel a bulk job: nobody else is planned, and what waits to be handed over never leaves',
  verb: cancelBulkJob,
  input: ofParams,
});
