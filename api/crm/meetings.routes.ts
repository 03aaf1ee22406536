import { z } from 'zod';
import { MEETING_STATUSES } from '../../domain/crm/meeting.rules.ts';
import { emailAddress, timeZoneName, webAddress } from '../../domain/crm/record.input.ts';
import {
  createCalendarFeed,
  deleteCalendarFeed,
  downloadMeeting,
  getMeeting,
  listMeetings,
  type MeetingDetail,
  type MeetingView,
  readCalendarFeed,
  readFeedToken,
  scheduleMeeting,
  updateMeeting,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { currencyCode, decimalAmount, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'meetings';
const params = z.strictObject({ id: id() });
const status = z.enum(MEETING_STATUSES);
const CALENDAR = { mediaType: 'text/calendar', name: 'meeting.ics' };

const meetingShape = {
  id: id(),
  title: z.string(),
  prospectId: id().nullable(),
  accountId: id().nullable(),
  dealId: id().nullable(),
  ownerId: id().nullable(),
  startsAt: timestamp(),
  endsAt: timestamp(),
  timeZone: z.string(),
  location: z.string().nullable(),
  link: z.string().nullable(),
  notes: z.string().nullable(),
  outcome: z.string().nullable(),
  attendees: z.array(z.strictObject({ name: z.string().nullable(), email: z.string().nullable() })),
  status,
  reminderMinutes: z.number(),
  cost: z.number().nullable(),
  costCurrency: z.string().nullable(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
const Meeting = z.strictObject(meetingShape).meta({ id: 'Meeting' });
const Detail = z
  .strictObject({
    ...meetingShape,
    conflicts: z
      .array(z.strictObject({ id: id(), title: z.string(), startsAt: timestamp(), endsAt: timestamp() }))
      .describe('Other scheduled meetings of its owner at that time: a warning'),
  })
  .meta({ id: 'MeetingDetail' });
const toMeeting = <M extends MeetingView | MeetingDetail>(meeting: M) => ({
  ...meeting,
  cost: meeting.cost === null ? null : Number(meeting.cost),
});

const attendee = z
  .strictObject({ name: text(200).nullish(), email: emailAddress().nullish() })
  .refine(({ name, email }) => Boolean(name || email), 'needs a name or an email')
  .transform(({ name = null, email = null }) => ({ name, email }));
const fields = {
  title: text(200).optional(),
  timeZone: timeZoneName().optional().describe("What its people read; default: the owner's"),
  location: text(500).nullish(),
  link: webAddress().nullish(),
  notes: text(20_000).nullish(),
  attendees: z
    .array(attendee)
    .max(100, 'must have at most 100 entries')
    .optional()
    .describe('Those with an address get an invitation; default: the prospect'),
  ownerId: id().nullish(),
  reminderMinutes: z
    .number()
    .int('must be a whole number')
    .min(0, 'must be 0 or more')
    .max(10_080, 'must be 10080 (a week) or less')
    .optional(),
  cost: decimalAmount().nullish(),
  costCurrency: currencyCode().nullish(),
};

export const listMeetingsEndpoint = defineEndpoint({
  operationId: 'listMeetings',
  face,
  method: 'get',
  path: '/meetings',
  tag,
  summary: 'List meetings in the order of their beginnings',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    from: timestamp().optional(),
    until: timestamp().optional(),
    status: status.optional(),
    ownerId: id().optional(),
    prospectId: id().optional(),
    accountId: id().optional(),
    dealId: id().optional(),
  }),
  response: Meeting,
  verb: listMeetings,
  input: ({ query }) => query,
  output: toMeeting,
});

export const scheduleMeetingEndpoint = defineEndpoint({
  operationId: 'scheduleMeeting',
  face,
  method: 'post',
  path: '/meetings',
  tag,
  summary: 'Schedule a meeting',
  description:
    'Stands in the timeline, reminds its owner, and invites attendees with an address by a mail with a calendar entry, where mail is set up. Overlapping meetings of the owner are told in `conflicts`.',
  status: 201,
  body: z
    .strictObject({
      ...fields,
      startsAt: timestamp(),
      endsAt: timestamp(),
      prospectId: id().nullish(),
      accountId: id().nullish(),
      dealId: id().nullish(),
    })
    .meta({ id: 'MeetingInput' }),
  response: Detail,
  verb: scheduleMeeting,
  prepare: async (_, { mailing }) => ({ value: { mailing } }),
  input: ({ body }, prepared) => ({ ...body, ...prepared }),
  output: toMeeting,
  etag: (meeting) => meeting.version,
  location: (meeting) => `/meetings/${meeting.id}`,
  examples: [
    {
      name: 'A demonstration',
      body: {
        title: 'Demonstration',
        prospectId: '{{createProspect.id}}',
        startsAt: '2030-03-04T15:00:00Z',
        endsAt: '2030-03-04T15:45:00Z',
        timeZone: 'Europe/Berlin',
      },
    },
  ],
});

export const getMeetingEndpoint = defineEndpoint({
  operationId: 'getMeeting',
  face,
  method: 'get',
  path: '/meetings/{id}',
  tag,
  summary: 'Get a meeting',
  errors: [404],
  params,
  response: Detail,
  verb: getMeeting,
  input: ({ params: given }) => given,
  output: toMeeting,
  etag: (meeting) => meeting.version,
});

export const updateMeetingEndpoint = defineEndpoint({
  operationId: 'updateMeeting',
  face,
  method: 'put',
  path: '/meetings/{id}',
  tag,
  summary: 'Reschedule, complete or cancel a meeting (partial)',
  description:
    'A completed meeting becomes a touch of the person that attribution counts, with its owner and cost; correcting it corrects the touch, and `no_show` after all takes it back. What attendees see is sent to them anew.',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({
      ...fields,
      startsAt: timestamp().optional(),
      endsAt: timestamp().optional(),
      outcome: text(200).nullish(),
      status: status.optional(),
    })
    .meta({ id: 'MeetingChanges' }),
  response: Detail,
  verb: updateMeeting,
  prepare: async (_, { mailing }) => ({ value: { mailing } }),
  input: ({ params: given, body, raw }, prepared) => ({
    ...given,
    ...prepared,
    expectedVersion: raw.ifMatch,
    changes: body,
  }),
  output: toMeeting,
  etag: (meeting) => meeting.version,
  examples: [{ name: 'What to talk about', body: { notes: 'Bring the offer', reminderMinutes: 30 } }],
});

export const downloadMeetingEndpoint = defineEndpoint({
  operationId: 'downloadMeeting',
  face,
  method: 'get',
  path: '/meetings/{id}/ics',
  tag,
  summary: 'Download a meeting as a calendar entry (RFC 5545)',
  errors: [404],
  params,
  file: CALENDAR,
  response: z.string(),
  verb: downloadMeeting,
  input: ({ params: given }) => given,
});

const FEED_TOKEN = '{{createCalendarFeed.url~calendar/([^/?]+)}}';

export const createCalendarFeedEndpoint = defineEndpoint({
  operationId: 'createCalendarFeed',
  face,
  method: 'post',
  path: '/calendar-feed',
  tag,
  summary: 'Make the address of your calendar; an earlier one stops working',
  description:
    'Calendar programs subscribe to it. Whoever knows the address reads the calendar. Needs a person: sign in.',
  status: 201,
  response: z.strictObject({ url: z.string() }),
  verb: createCalendarFeed,
  prepare: async (_, { mailing }) => ({ value: { publicUrl: mailing.publicUrl } }),
  input: (_, prepared) => prepared,
  secretAnswer: true,
  shownBy: {
    operation: 'readCalendarFeed',
    params: { token: FEED_TOKEN },
  },
  examples: [{ name: 'Your own', as: 'register' }],
});

export const deleteCalendarFeedEndpoint = defineEndpoint({
  operationId: 'deleteCalendarFeed',
  face,
  method: 'delete',
  path: '/calendar-feed',
  tag,
  summary: 'End the address of your calendar',
  errors: [404],
  response: z.strictObject({ deleted: z.boolean() }),
  verb: deleteCalendarFeed,
  input: () => undefined,
  shownBy: { operation: 'readCalendarFeed', params: { token: FEED_TOKEN } },
  examples: [{ name: 'Known to too many', as: 'register', after: ['createCalendarFeed'] }],
});

export const readCalendarFeedEndpoint = defineEndpoint({
  operationId: 'readCalendarFeed',
  face,
  method: 'get',
  path: '/calendar/{token}',
  tag,
  summary: 'Read a calendar by its address (RFC 5545)',
  description: 'The meetings of a person from 30 days ago to a year ahead, without their attendees.',
  errors: [404],
  credential: 'none',
  params: z.strictObject({ token: z.string().max(200) }),
  file: { mediaType: 'text/calendar', name: 'meetings.ics' },
  response: z.string(),
  verb: readCalendarFeed,
  prepare: async ({ params: { token } }) => ({
    value: undefined,
    as: { organizationId: readFeedToken(token).organizationId, userId: null },
  }),
  input: ({ params: { token } }) => ({ hash: readFeedToken(token).hash }),
  examples: [{ name: 'As a calendar program', params: { token: FEED_TOKEN } }],
});
