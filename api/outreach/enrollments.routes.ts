import { z } from 'zod';
import { ENROLLMENT_STATUSES } from '../../domain/outreach/cadence.rules.ts';
import {
  enroll,
  getEnrollment,
  listEnrollments,
  MOST_PEOPLE,
  pauseEnrollment,
  resumeEnrollment,
  unenroll,
} from '../../services/outreach/cadences/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, timestamp } from '../http/schemas.ts';
import { Enrollment, EnrollmentDetail } from './cadences.dto.ts';

const face = 'b' as const;
const tag = 'cadences';
const params = z.strictObject({ id: id() });
const enrollmentParams = z.strictObject({ id: id(), enrollmentId: id() });
const enrolled = { id: '{{createCadence.id}}', enrollmentId: '{{enrollProspects.enrolled.0.id}}' };

export const enrollEndpoint = defineEndpoint({
  operationId: 'enrollProspects',
  face,
  method: 'post',
  path: '/cadences/{id}/enroll',
  tag,
  summary: 'Enroll people by ids, list, segment, filter or CSV',
  description: `Exactly one way to name them, ${MOST_PEOPLE} people at most. Who may not be contacted, is in the cadence already or left it too recently is refused, with the rule. The answer names the first thousand of each kind.`,
  errors: [404, 409],
  params,
  body: z
    .strictObject({
      prospectIds: z.array(id()).min(1).max(MOST_PEOPLE).optional(),
      listId: id().optional(),
      segmentId: id().optional(),
      filter: freeForm().optional().describe('A filter tree over prospects, as the criteria of a segment'),
      csv: z
        .string()
        .max(900_000)
        .optional()
        .describe('With a head; a column id, prospect_id or email names the people'),
      userId: id().nullish().describe('In whose name; default: you, else the owner of each prospect'),
      startAt: timestamp().optional().describe('When the first delay begins; default: now'),
    })
    .meta({ id: 'EnrollmentInput' }),
  response: z
    .strictObject({
      enrolled: z.array(z.strictObject({ id: id(), prospectId: id() })),
      refused: z.array(z.strictObject({ prospectId: id().nullable(), rule: z.string(), message: z.string() })),
      enrolledCount: z.number(),
      refusedCount: z.number(),
    })
    .meta({ id: 'EnrollmentOutcome' }),
  verb: enroll,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  shownBy: { operation: 'listEnrollments', params: { id: '{{createCadence.id}}' } },
  examples: [
    { name: 'A prospect', body: { prospectIds: ['{{createProspect[Somebody to write to].id}}'] } },
    { name: 'A list', body: { listId: '{{createContactList.id}}' }, after: ['addContactListMembers'] },
  ],
});

export const listEnrollmentsEndpoint = defineEndpoint({
  operationId: 'listEnrollments',
  face,
  method: 'get',
  path: '/cadences/{id}/enrollments',
  tag,
  summary: 'List the people of a cadence, the latest first',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject({
    ...pageQuery,
    status: z.enum(ENROLLMENT_STATUSES).optional(),
    prospectId: id().optional(),
  }),
  response: Enrollment,
  verb: listEnrollments,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});

export const getEnrollmentEndpoint = defineEndpoint({
  operationId: 'getEnrollment',
  face,
  method: 'get',
  path: '/cadences/{id}/enrollments/{enrollmentId}',
  tag,
  summary: 'Get an enrollment with what its steps came to',
  errors: [404],
  params: enrollmentParams,
  response: EnrollmentDetail,
  verb: getEnrollment,
  input: ({ params: given }) => given,
  examples: [{ name: 'Of a prospect', params: enrolled }],
});

const change = { face, method: 'post', tag, errors: [404, 409], params: enrollmentParams } as const;

export const pauseEnrollmentEndpoint = defineEndpoint({
  ...change,
  operationId: 'pauseEnrollment',
  path: '/cadences/{id}/enrollments/{enrollmentId}/pause',
  summary: 'Let a person rest until somebody resumes',
  response: EnrollmentDetail,
  verb: pauseEnrollment,
  input: ({ params: given }) => given,
  examples: [{ name: 'For now', params: enrolled }],
});

export const resumeEnrollmentEndpoint = defineEndpoint({
  ...change,
  operationId: 'resumeEnrollment',
  path: '/cadences/{id}/enrollments/{enrollmentId}/resume',
  summary: 'Go on where the enrollment stopped',
  description: 'What was due meanwhile is due now, at the hours of the cadence.',
  response: EnrollmentDetail,
  verb: resumeEnrollment,
  input: ({ params: given }) => given,
  examples: [{ name: 'Go on', params: enrolled, after: ['pauseEnrollment'] }],
});

export const unenrollEndpoint = defineEndpoint({
  ...change,
  operationId: 'unenrollProspect',
  path: '/cadences/{id}/enrollments/{enrollmentId}/unenroll',
  summary: 'Take a person out of the cadence',
  response: EnrollmentDetail,
  verb: unenroll,
  input: ({ params: given }) => given,
  examples: [{ name: 'Out', params: enrolled }],
});
