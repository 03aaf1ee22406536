import { z } from 'zod';
import { ACTIVITY_TYPES, MANUAL_ACTIVITY_TYPES } from '../../domain/crm/activity.rules.ts';
import {
  listAccountActivities,
  listActivities,
  listProspectActivities,
  logManualActivity,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'activities';
const params = z.strictObject({ id: id() });

const Activity = z
  .strictObject({
    id: id(),
    type: z.enum(ACTIVITY_TYPES),
    subject: z.string().nullable(),
    notes: z.string().nullable(),
    occurredAt: timestamp(),
    prospectId: id().nullable(),
    accountId: id().nullable(),
    dealId: id().nullable(),
    userId: id().nullable(),
    userName: z.string().nullable(),
    sourceType: z.string().nullable().describe('What it tells of: call_log, meeting, task …'),
    sourceId: id().nullable(),
    data: freeForm(),
    createdAt: timestamp(),
  })
  .meta({ id: 'Activity' });

const period = {
  type: z.enum(ACTIVITY_TYPES).optional(),
  from: timestamp().optional(),
  until: timestamp().optional(),
  q: text(200).optional(),
};

/** `note` is what people call a note that they add. */
const type = z.preprocess((given) => (given === 'note' ? 'note_added' : given), z.enum(MANUAL_ACTIVITY_TYPES));
const said = {
  type,
  subject: text(500).nullish(),
  notes: text(20_000).nullish(),
  occurredAt: timestamp().optional().describe('Default: now'),
};

export const listActivitiesEndpoint = defineEndpoint({
  operationId: 'listActivities',
  face,
  method: 'get',
  path: '/activities',
  tag,
  summary: 'Search activities, latest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    ...period,
    prospectId: id().optional(),
    accountId: id().optional(),
    dealId: id().optional(),
    userId: id().optional(),
  }),
  response: Activity,
  verb: listActivities,
  input: ({ query }) => query,
});

export const logActivityEndpoint = defineEndpoint({
  operationId: 'logActivity',
  face,
  method: 'post',
  path: '/activities',
  tag,
  summary: 'Log an activity by hand',
  status: 201,
  body: z
    .strictObject({ ...said, prospectId: id().nullish(), accountId: id().nullish(), dealId: id().nullish() })
    .meta({ id: 'ActivityInput' }),
  response: Activity,
  verb: logManualActivity,
  input: ({ body }) => body,
  examples: [
    { name: 'A note', body: { type: 'note_added', subject: 'Met at the fair', prospectId: '{{createProspect.id}}' } },
  ],
});

export const listProspectActivitiesEndpoint = defineEndpoint({
  operationId: 'listProspectActivities',
  face,
  method: 'get',
  path: '/prospects/{id}/activities',
  tag: 'prospects',
  summary: 'Read the timeline of a prospect, latest first',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject({ ...pageQuery, ...period }),
  response: Activity,
  verb: listProspectActivities,
  input: ({ params: given, query }) => ({ ...query, prospectId: given.id }),
});

export const logProspectActivityEndpoint = defineEndpoint({
  operationId: 'logProspectActivity',
  face,
  method: 'post',
  path: '/prospects/{id}/activities',
  tag,
  summary: 'Log an activity of a prospect by hand',
  status: 201,
  errors: [404],
  params,
  body: z.strictObject(said).meta({ id: 'ProspectActivityInput' }),
  response: Activity,
  verb: logManualActivity,
  input: ({ params: given, body }) => ({ ...body, prospectId: given.id }),
  examples: [{ name: 'A note', body: { type: 'note', notes: 'Met at the fair; asks for prices in spring' } }],
});

export const listAccountActivitiesEndpoint = defineEndpoint({
  operationId: 'listAccountActivities',
  face,
  method: 'get',
  path: '/accounts/{id}/activities',
  tag: 'accounts',
  summary: 'Read the timeline of an account, its people and deals included',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject({ ...pageQuery, ...period }),
  response: Activity,
  verb: listAccountActivities,
  input: ({ params: given, query }) => ({ ...query, accountId: given.id }),
});
