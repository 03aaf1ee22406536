import { z } from 'zod';
import type { Dimension } from '../../domain/insight/metrics.rules.ts';
import type { Verb } from '../../services/core/context.ts';
import {
  agentsRevenue,
  channelsRoi,
  compareVendors,
  contentEngagement,
  intentsRevenue,
  listMetrics,
  type MetricView,
  type Report,
  SCREENS,
} from '../../services/insight/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { reportCsv, reportOut, reportSchema, screenQuery } from './analytics.dto.ts';

const face = 'a' as const;
const tag = 'analytics';

const ABOUT =
  'The conversion’s time decides the period. Says which run, model and as_of it rests on and whether the period lies inside the run; `Accept: text/csv` answers the rows as a table. Filters may be repeated. Metrics are defined at GET /v1/analytics/metrics.';

interface ScreenFacts {
  operationId: string;
  path: `/${string}`;
  summary: string;
  message: string;
  name: string;
  screen: { readonly dimension: Dimension; readonly metrics: readonly string[] };
  verb: Verb<Parameters<typeof agentsRevenue>[1], Report>;
}

function screenEndpoint({ screen, name, ...facts }: ScreenFacts): Endpoint {
  return defineEndpoint({
    ...facts,
    face,
    tag,
    method: 'get',
    description: ABOUT,
    errors: [404, 409],
    query: screenQuery(screen.dimension, screen.metrics),
    response: reportSchema(screen.metrics, name),
    input: ({ query }) => query,
    output: reportOut,
    csv: reportCsv,
    examples: [{ name: 'Compared with the month before', query: { compare: 'previous' } }],
  });
}

export const agentsRevenueEndpoint = screenEndpoint({
  operationId: 'analyticsAgentsRevenue',
  path: '/analytics/agents/revenue',
  summary: 'What agents earned: revenue, conversions, rate, deal size, interactions, calls; the best first',
  message: 'Agent revenue',
  name: 'AgentsRevenue',
  screen: SCREENS.agents,
  verb: agentsRevenue,
});

export const compareVendorsEndpoint = screenEndpoint({
  operationId: 'analyticsVendorsComparison',
  path: '/analytics/vendors/comparison',
  summary: 'Vendors side by side: revenue, volume, cost per acquisition, ROI, quality',
  message: 'Vendor comparison',
  name: 'VendorsComparison',
  screen: SCREENS.vendors,
  verb: compareVendors,
});

export const intentsRevenueEndpoint = screenEndpoint({
  operationId: 'analyticsIntentsRevenue',
  path: '/analytics/intents/revenue',
  summary: 'Revenue, conversion, frequency and purchase probability by intent',
  message: 'Intent revenue',
  name: 'IntentsRevenue',
  screen: SCREENS.intents,
  verb: intentsRevenue,
});

export const channelsRoiEndpoint = screenEndpoint({
  operationId: 'analyticsChannelsRoi',
  path: '/analytics/channels/roi',
  summary: 'Revenue, cost, ROI and efficiency by channel',
  message: 'Channel ROI',
  name: 'ChannelsRoi',
  screen: SCREENS.channels,
  verb: channelsRoi,
});

export const contentEngagementEndpoint = screenEndpoint({
  operationId: 'analyticsContentEngagement',
  path: '/analytics/content/engagement',
  summary: 'Views, engagement and attributed revenue of contents; the best first',
  message: 'Content engagement',
  name: 'ContentEngagement',
  screen: SCREENS.content,
  verb: contentEngagement,
});

const MetricSchema = z
  .strictObject({
    code: z.string(),
    label: z.string(),
    alsoCalled: z.array(z.string()),
    unit: z.enum(['money', 'count', 'ratio', 'seconds']),
    direction: z.enum(['higher', 'lower', 'neutral']).describe('Which way is better'),
    additive: z.boolean(),
    additiveOver: z.array(z.string()).describe('Dimensions whose values add up to the whole'),
    dimensions: z.array(z.string()).describe('What it can be cut and filtered by, besides day, week and month'),
    formula: z.string(),
    description: z.string(),
  })
  .meta({ id: 'Metric' });

export const listMetricsEndpoint = defineEndpoint({
  operationId: 'listMetrics',
  face,
  method: 'get',
  path: '/analytics/metrics',
  tag,
  summary: 'All metrics: meaning, unit, direction, whether they add up, and what they can be cut by',
  message: 'Metrics',
  response: z.array(MetricSchema),
  verb: listMetrics,
  input: () => undefined,
  output: (metrics: MetricView[]) =>
    metrics.map(({ formula, ...metric }) => ({
      ...metric,
      alsoCalled: [...metric.alsoCalled],
      dimensions: [...metric.dimensions],
      additiveOver: [...metric.additiveOver],
      formula: formulaText(formula),
    })),
});

function formulaText(formula: MetricView['formula']): string {
  const sum = (names: readonly string[]) => (names.length === 1 ? names[0]! : `(${names.join(' + ')})`);
  if ('sum' in formula) return formula.sum.join(' + ');
  if ('share' in formula) return `${formula.share} / ${formula.share} of the whole`;
  if ('ratio' in formula) return `${sum(formula.ratio[0])} / ${sum(formula.ratio[1])}`;
  if ('gain' in formula) return `(${sum(formula.gain[0])} - ${sum(formula.gain[1])}) / ${sum(formula.gain[1])}`;
  return `${sum(formula.index[0])} / ${sum(formula.index[1])}, compared with that of the whole`;
}
