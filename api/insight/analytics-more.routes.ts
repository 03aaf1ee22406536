import { z } from 'zod';
import { GRANULARITIES } from '../../domain/insight/period.rules.ts';
import {
  type CustomReport,
  customReport,
  FUNNEL_STAGES,
  type Funnel,
  funnelStages,
  journeyVelocity,
  type Velocity,
} from '../../services/insight/index.ts';
import { type CsvTable, defineEndpoint } from '../http/endpoint.ts';
import { askedQuery, factFields, filterQuery, reportCsv } from './analytics.dto.ts';
import { CustomReportBody, CustomReportSchema, customReportOut } from './custom-report.dto.ts';

const face = 'a' as const;
const tag = 'analytics';

const FunnelSchema = z
  .strictObject({
    ...factFields,
    stages: z.array(
      z.strictObject({
        stage: z.enum(FUNNEL_STAGES),
        volume: z.number().describe('People who got at least this far'),
        conversionRate: z.number().nullable().describe('Of those of the stage before'),
        overallRate: z.number().nullable().describe('Of those of the first stage'),
        dropOff: z.number().describe('People who got this far and no further'),
        dropOffRate: z.number().nullable(),
        avgHoursFromPrevious: z.number().nullable().describe('For people who were seen in both stages'),
        medianHoursFromPrevious: z.number().nullable(),
        previousVolume: z.number().nullable(),
      }),
    ),
    biggestDropOff: z.enum(FUNNEL_STAGES).nullable(),
    overallConversionRate: z.number().nullable(),
  })
  .meta({ id: 'Funnel' });

export const funnelStagesEndpoint = defineEndpoint({
  operationId: 'analyticsFunnelStages',
  face,
  method: 'get',
  path: '/analytics/funnel/stages',
  tag,
  summary: 'How far people get: volume, conversion, drop-off and time between stages',
  description:
    'People touched in the period, followed to its end: touched, engaged (a second touch), interested (a touch with an intent to buy), lead and opportunity (the organization’s milestone event types; left out where it has none), converted. Who is seen in a later stage has passed the earlier ones. No credit is used: the run is named for reference.',
  errors: [404, 409],
  message: 'Funnel stages',
  query: z.strictObject({ ...askedQuery, ...filterQuery }),
  response: FunnelSchema,
  verb: funnelStages,
  input: ({ query }) => query,
  csv: ({ stages }: Funnel): CsvTable => ({
    columns: Object.keys(stages[0] ?? {}),
    rows: stages.map((stage) => Object.values(stage)),
  }),
  examples: [{ name: 'Compared with the month before', query: { compare: 'previous' } }],
});

const figures = {
  conversions: z.number(),
  avgJourneyHours: z.number().nullable(),
  medianJourneyHours: z.number().nullable(),
  avgTouches: z.number().nullable(),
};

const VelocitySchema = z
  .strictObject({
    ...factFields,
    windowDays: z.number(),
    totals: z.strictObject(figures),
    previous: z.strictObject(figures).nullable(),
    conversionsWithoutTouch: z.number(),
    fastestPaths: z.array(z.strictObject({ path: z.array(z.string()), ...figures })),
    bottlenecks: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        steps: z.number(),
        avgHours: z.number(),
        medianHours: z.number(),
      }),
    ),
    trend: z.array(z.strictObject({ period: z.string(), ...figures })),
  })
  .meta({ id: 'JourneyVelocity' });

const whole = (least: number, most: number) =>
  z.coerce
    .number()
    .int('must be a whole number')
    .min(least, `must be ${least} or more`)
    .max(most, `must be ${most} or less`);

export const journeyVelocityEndpoint = defineEndpoint({
  operationId: 'analyticsJourneyVelocity',
  face,
  method: 'get',
  path: '/analytics/journey/velocity',
  tag,
  summary: 'How long journeys take, the fastest paths, where they stall, and the trend',
  description:
    'A journey is what a person was touched by in the window before a conversion of the period, after their conversion before it. No credit is used: the run is named for reference. `Accept: text/csv` answers the trend.',
  errors: [404, 409],
  message: 'Journey velocity',
  query: z.strictObject({
    ...askedQuery,
    groupBy: z.enum(GRANULARITIES).default('week').describe('Of the trend'),
    windowDays: whole(1, 365).default(90),
    minConversions: whole(1, 100_000).default(2).describe('Paths that fewer conversions took are not listed'),
    limit: whole(1, 200).default(10).describe('Paths and bottlenecks'),
    channel: filterQuery.channel,
  }),
  response: VelocitySchema,
  verb: journeyVelocity,
  input: ({ query: { groupBy, ...query } }) => ({ ...query, granularity: groupBy }),
  csv: ({ trend }: Velocity): CsvTable => ({
    columns: Object.keys(trend[0] ?? {}),
    rows: trend.map((row) => Object.values(row)),
  }),
  examples: [{ name: 'By day', query: { groupBy: 'day' } }],
});

export const customReportEndpoint = defineEndpoint({
  operationId: 'createCustomAnalyticsReport',
  face,
  method: 'post',
  path: '/analytics/reports/custom',
  tag,
  summary: 'Any metrics by any dimensions they share, with filters, as JSON or CSV',
  description:
    'Metrics and what they can be cut by: GET /v1/analytics/metrics. One or two dimensions, and a calendar unit as granularity. The format csv answers a table; PDF files are refused. What was asked for is in the audit log.',
  errors: [404],
  message: 'Custom report',
  body: CustomReportBody,
  response: CustomReportSchema,
  verb: customReport,
  input: ({ body: { name, metrics, dimensions, granularity, format, filters, ...asked } }) => ({
    name,
    metrics,
    dimensions,
    granularity,
    format,
    report: { ...asked, ...filters },
  }),
  output: (report: CustomReport) => customReportOut(report),
  csv: reportCsv,
  csvAsked: (body) => body.format === 'csv',
  shownBy: 'nothing',
  examples: [
    {
      name: 'Revenue and cost by channel and month',
      body: {
        name: 'Channels by month',
        metrics: ['attributed_revenue', 'cost', 'roi'],
        dimensions: ['channel'],
        granularity: 'month',
        startDate: '2024-01-01',
        endDate: '2024-03-31',
        filters: { channel: ['call', 'email'] },
        format: 'json',
      },
    },
  ],
});
