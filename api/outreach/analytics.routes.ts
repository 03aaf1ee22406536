import { z } from 'zod';
import {
  readCadenceAnalytics,
  reportActivity,
  reportCadences,
  reportChannels,
  reportEmails,
  reportExperiments,
  reportPerformance,
  reportPipeline,
  reportResponseTimes,
  reportSendTimes,
  reportTemplates,
} from '../../services/outreach/analytics/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id } from '../http/schemas.ts';
import {
  activity,
  CadenceAnalytics,
  counts,
  Experiment,
  email,
  period,
  pipeline,
  rangeQuery,
  whoseQuery,
} from './analytics.dto.ts';

const get = { face: 'b', method: 'get', tag: 'analytics' } as const;
const range = z.strictObject(rangeQuery);
const whose = z.strictObject(whoseQuery);
const june = { startDate: '2026-06-01', endDate: '2026-06-30' };
const rowsOf = <Row extends z.ZodRawShape>(name: string, row: Row) =>
  z.strictObject({ ...period, rows: z.array(z.strictObject(row)) }).meta({ id: name });

export const cadenceAnalyticsEndpoint = defineEndpoint({
  ...get,
  tag: 'cadences',
  operationId: 'readCadenceAnalytics',
  path: '/cadences/{id}/analytics',
  summary: 'How a cadence works: people, steps, and texts that are compared',
  errors: [404],
  params: z.strictObject({ id: id() }),
  response: CadenceAnalytics,
  verb: readCadenceAnalytics,
  input: ({ params }) => params,
  output: (found) => ({ ...found, experiments: found.experiments.map(toExperiment) }),
});

const toExperiment = ({
  variants,
  ...one
}: Awaited<ReturnType<typeof readCadenceAnalytics>>['experiments'][number]) => ({
  ...one,
  variants: variants.map((variant) => ({ ...variant })),
});

export const outreachCadencesEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportCadences',
  path: '/analytics/outreach/cadences',
  summary: 'Cadences by the people who were enrolled in the period',
  query: range,
  response: rowsOf('CadenceReport', {
    cadenceId: id(),
    name: z.string(),
    isActive: z.boolean(),
    enrolled: z.number(),
    replied: z.number(),
    replyRate: z.number().nullable(),
    completed: z.number(),
    meetings: z.number().describe('Arranged while people were in it, or within two weeks after'),
  }),
  verb: reportCadences,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});

export const outreachTemplatesEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportTemplates',
  path: '/analytics/outreach/templates',
  summary: 'E-mails of the period by template',
  query: range,
  response: rowsOf('TemplateReport', { templateId: id(), name: z.string(), ...counts }),
  verb: reportTemplates,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});

export const outreachSendTimesEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportSendTimes',
  path: '/analytics/outreach/send-times',
  summary: 'E-mails of the period by weekday and hour of whoever got them',
  query: range,
  response: rowsOf('SendTimeReport', {
    weekday: z.number().describe('ISO: 1 is Monday'),
    hour: z.number(),
    ...counts,
  }),
  verb: reportSendTimes,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});

export const outreachResponseTimesEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportResponseTimes',
  path: '/analytics/outreach/response-times',
  summary: 'How long people took to answer, by channel and by who wrote',
  query: range,
  response: rowsOf('ResponseTimeReport', {
    channel: z.enum(['email', 'sms']),
    ownerId: id().nullable(),
    ownerName: z.string().nullable(),
    replies: z.number(),
    medianSeconds: z.number(),
    averageSeconds: z.number(),
  }),
  verb: reportResponseTimes,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});

export const outreachChannelsEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportChannels',
  path: '/analytics/outreach/channels',
  summary: 'What was done on each channel in the period, and what of it was answered',
  query: range,
  response: rowsOf('ChannelReport', {
    channel: z.enum(['email', 'sms', 'call', 'linkedin']),
    touches: z.number(),
    people: z.number(),
    answered: z.number(),
    answerRate: z.number().nullable(),
  }),
  verb: reportChannels,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});

export const outreachExperimentsEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportExperiments',
  path: '/analytics/outreach/ab-tests',
  summary: 'Steps that compared texts in the period: significance and winner',
  query: range,
  response: z.strictObject({ ...period, rows: z.array(Experiment) }).meta({ id: 'ExperimentReport' }),
  verb: reportExperiments,
  input: ({ query }) => query,
  output: ({ rows, ...rest }) => ({ ...rest, rows: rows.map(toExperiment) }),
  examples: [{ name: 'A month', query: june }],
});

export const activityMetricsEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportActivity',
  path: '/analytics/activity',
  summary: 'Calls made, e-mails sent, meetings scheduled and LinkedIn messages, by person',
  query: whose,
  response: z
    .strictObject({
      ...period,
      totals: z.strictObject(activity),
      users: z.array(z.strictObject({ userId: id().nullable(), name: z.string().nullable(), ...activity })),
    })
    .meta({ id: 'ActivityReport' }),
  verb: reportActivity,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});

export const emailMetricsEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportEmails',
  path: '/analytics/email',
  summary: 'Open, click, reply and bounce rate of the e-mails of the period',
  query: whose,
  response: z.strictObject({ ...period, ...email }).meta({ id: 'EmailReport' }),
  verb: reportEmails,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});

export const pipelineMetricsEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportPipeline',
  path: '/analytics/pipeline',
  summary: 'Pipeline value, win rate, average deal size and length of the sales cycle',
  query: whose,
  response: z.strictObject({ ...period, ...pipeline }).meta({ id: 'PipelineReport' }),
  verb: reportPipeline,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});

export const performanceEndpoint = defineEndpoint({
  ...get,
  operationId: 'reportPerformance',
  path: '/analytics/performance',
  summary: 'Activity, pipeline and e-mail of a person, a team or everybody',
  query: whose,
  response: z
    .strictObject({
      ...period,
      activity: z.strictObject(activity),
      pipeline: z.strictObject(pipeline),
      email: z.strictObject(email),
    })
    .meta({ id: 'PerformanceReport' }),
  verb: reportPerformance,
  input: ({ query }) => query,
  examples: [{ name: 'A month', query: june }],
});
