import { z } from 'zod';
import { type ProgressView, readProgress, renderRunReport } from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, timestamp } from '../http/schemas.ts';
import { RunParams, RunStatus } from './attribution.dto.ts';

const face = 'a' as const;
const tag = 'attribution';

const Progress = z
  .strictObject({
    runId: id(),
    status: RunStatus,
    generation: z.number(),
    processed: z.number().describe('Conversions of the newest generation'),
    total: z.number().nullable().describe('Null until the work is cut into partitions'),
    percent: z.number().nullable(),
    partitions: z.strictObject({ completed: z.number(), total: z.number() }),
    startedAt: timestamp().nullable(),
    completedAt: timestamp().nullable(),
    failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'AttributionProgress' });

/** The row's jsonb has no dates in it; everything else is as the schema says. */
const toProgress = (view: ProgressView): z.output<typeof Progress> => view;

export const getProgressEndpoint = defineEndpoint({
  operationId: 'getAttributionProgress',
  face,
  method: 'get',
  path: '/attribution/runs/{runId}/progress',
  tag,
  summary: 'How far an attribution run is',
  errors: [404],
  message: 'Attribution progress',
  params: RunParams,
  response: Progress,
  verb: readProgress,
  input: ({ params }) => params,
  output: toProgress,
});

const StreamQuery = z.strictObject({
  maxSeconds: z.coerce
    .number()
    .int()
    .min(1)
    .max(900)
    .default(900)
    .describe('After which the stream ends early; come back for more'),
});

export const streamProgressEndpoint = defineEndpoint({
  operationId: 'streamAttributionProgress',
  face,
  method: 'get',
  path: '/attribution/runs/{runId}/progress/stream',
  tag,
  summary: 'How far an attribution run is, as server-sent events',
  description:
    'An event `progress` whenever something has changed, at most one a second, and `end` when the run is not running (any more). Without changes a comment every 15 seconds. Up to 20 streams of an organization are open at once; more are a 429.',
  errors: [404],
  params: RunParams,
  query: StreamQuery,
  response: Progress,
  stream: {
    event: 'progress',
    isLast: ({ status }: ProgressView) => status !== 'running',
    maxTicks: ({ maxSeconds }: { maxSeconds?: number }) => maxSeconds,
  },
  verb: readProgress,
  input: ({ params, query }) => ({ ...params, ...query }),
  output: toProgress,
});

export const runReportEndpoint = defineEndpoint({
  operationId: 'getAttributionReport',
  face,
  method: 'get',
  path: '/attribution/runs/{runId}/report',
  tag,
  summary: 'The results of a run as one HTML page',
  description:
    'Models side by side, revenue over time, agents, teams, vendors and journeys: charts as SVG with their numbers beside them. The page has no script and loads nothing; it can be printed, mailed and kept.',
  errors: [404, 409],
  params: RunParams,
  response: z.string(),
  file: {
    mediaType: 'text/html',
    name: 'attribution-report.html',
    // Charts style themselves by attributes; nothing can be loaded, run or sent.
    inline: {
      contentSecurityPolicy:
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  },
  verb: renderRunReport,
  input: ({ params }) => params,
  examples: [
    {
      name: 'A completed run',
      after: ['executeAttributionRun', { operation: 'getAttributionRun', until: { status: 'completed' } }],
    },
  ],
});
