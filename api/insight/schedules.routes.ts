import { z } from 'zod';
import { FREQUENCIES } from '../../domain/insight/schedule.rules.ts';
import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  pauseSchedule,
  resumeSchedule,
  type ScheduleView,
} from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { day, freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { Model, RunConfigBody, RunStatus } from './attribution.dto.ts';

const face = 'a' as const;
const tag = 'attribution';

const timing = {
  frequency: z.enum(FREQUENCIES),
  timeOfDay: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, like 06:30')
    .describe("By the wall clock of the organization's time zone"),
};

const ScheduleBody = z
  .strictObject({
    name: text(150),
    modelCode: Model,
    config: RunConfigBody.default({}).describe('As of a run, without start_date and end_date'),
    periodDays: z.number().int().min(1).max(366).default(30).describe('Whole days before the day of the run'),
    ...timing,
    weekday: z.number().int().min(1).max(7).optional().describe('1 is Monday; of weekly schedules'),
    monthDay: z.number().int().min(1).max(28).optional().describe('1–28, of monthly schedules'),
  })
  .meta({ id: 'AttributionScheduleInput' });

const Schedule = z
  .strictObject({
    id: id(),
    name: z.string(),
    modelCode: Model,
    config: freeForm().describe('As it was given'),
    periodDays: z.number(),
    ...timing,
    weekday: z.number().nullable(),
    monthDay: z.number().nullable(),
    timeZone: z.string().describe("The organization's when the schedule was created"),
    paused: z.boolean(),
    nextRunAt: timestamp().nullable().describe('Null while it is paused'),
    lastRun: z.strictObject({ id: id(), day: day(), status: RunStatus }).nullable(),
    skipped: z.number().describe('Firings that found the run before still going on'),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'AttributionSchedule' });

const ScheduleParams = z.strictObject({ scheduleId: id() });
const toSchedule = (view: ScheduleView) => view as z.output<typeof Schedule>;

export const createScheduleEndpoint = defineEndpoint({
  operationId: 'createAttributionSchedule',
  face,
  method: 'post',
  path: '/attribution/schedules',
  tag,
  summary: 'Run attribution at a time of day, each time over the days before',
  description:
    'Daily, weekly or monthly by the wall clock of the organization. A day has one run, also on the days on which the clocks are changed; a firing that finds the run before still going on is skipped.',
  status: 201,
  message: 'Attribution schedule created',
  body: ScheduleBody,
  response: Schedule,
  verb: createSchedule,
  input: ({ body }) => body,
  output: toSchedule,
  etag: (schedule) => schedule.version,
  location: (schedule) => `/attribution/schedules/${schedule.id}`,
  examples: [
    {
      name: 'Every Monday over the last four weeks',
      body: {
        name: 'Weekly attribution',
        modelCode: 'TIME_DECAY',
        config: { timeWindowHours: 168, models: ['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR'] },
        periodDays: 28,
        frequency: 'weekly',
        weekday: 1,
        timeOfDay: '06:00',
      },
    },
  ],
});

export const listSchedulesEndpoint = defineEndpoint({
  operationId: 'listAttributionSchedules',
  face,
  method: 'get',
  path: '/attribution/schedules',
  tag,
  summary: 'List attribution schedules, newest first',
  list: 'page',
  message: 'Attribution schedules',
  query: z.strictObject(pageQuery),
  response: Schedule,
  verb: listSchedules,
  input: ({ query }) => query,
  output: toSchedule,
});

export const getScheduleEndpoint = defineEndpoint({
  operationId: 'getAttributionSchedule',
  face,
  method: 'get',
  path: '/attribution/schedules/{scheduleId}',
  tag,
  summary: 'Get an attribution schedule with its next time and its last run',
  errors: [404],
  message: 'Attribution schedule',
  params: ScheduleParams,
  response: Schedule,
  verb: getSchedule,
  input: ({ params }) => params,
  output: toSchedule,
  etag: (schedule) => schedule.version,
});

export const pauseScheduleEndpoint = defineEndpoint({
  operationId: 'pauseAttributionSchedule',
  face,
  method: 'post',
  path: '/attribution/schedules/{scheduleId}/pause',
  tag,
  summary: 'Pause an attribution schedule; a run that is going on goes on',
  errors: [404, 409],
  message: 'Attribution schedule paused',
  params: ScheduleParams,
  response: Schedule,
  verb: pauseSchedule,
  input: ({ params }) => params,
  output: toSchedule,
});

export const resumeScheduleEndpoint = defineEndpoint({
  operationId: 'resumeAttributionSchedule',
  face,
  method: 'post',
  path: '/attribution/schedules/{scheduleId}/resume',
  tag,
  summary: 'Resume a paused attribution schedule; what it missed is not made up for',
  errors: [404, 409],
  message: 'Attribution schedule resumed',
  params: ScheduleParams,
  response: Schedule,
  verb: resumeSchedule,
  input: ({ params }) => params,
  output: toSchedule,
  examples: [{ name: 'After a pause', after: ['pauseAttributionSchedule'] }],
});

export const deleteScheduleEndpoint = defineEndpoint({
  operationId: 'deleteAttributionSchedule',
  face,
  method: 'delete',
  path: '/attribution/schedules/{scheduleId}',
  tag,
  summary: 'Delete an attribution schedule; its runs stay',
  errors: [404, 412],
  message: 'Attribution schedule deleted',
  params: ScheduleParams,
  response: z.strictObject({ id: id() }),
  verb: deleteSchedule,
  input: ({ params, raw }) => ({ ...params, expectedVersion: raw.ifMatch }),
});
