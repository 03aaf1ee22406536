import type { Dimension } from '../../../domain/insight/metrics.rules.ts';
import { GRANULARITIES, type Granularity } from '../../../domain/insight/period.rules.ts';
import type { Permission } from '../../../domain/platform/permissions.rules.ts';
import { type Verb, verb } from '../../core/context.ts';
import { makeReport, type Report, type ReportInput } from './report.ts';

export type GroupBy = Dimension | Granularity;

export interface ScreenInput extends ReportInput {
  /** At most one dimension and one calendar unit; the screen's own dimension unless given. */
  readonly groupBy?: readonly GroupBy[] | undefined;
}

/** A dashboard: the metrics that it shows, by what it is about. */
export interface Screen {
  readonly dimension: Dimension;
  /** The first one orders the rows unless the caller says otherwise. */
  readonly metrics: readonly string[];
}

export const SCREENS = {
  agents: {
    dimension: 'agent',
    metrics: [
      'attributed_revenue',
      'conversions',
      'attributed_conversions',
      'conversion_rate',
      'avg_deal_size',
      'total_interactions',
      'call_volume',
      'avg_call_duration',
      'revenue_share',
    ],
  },
  vendors: {
    dimension: 'vendor',
    metrics: [
      'attributed_revenue',
      'conversions',
      'attributed_conversions',
      'avg_deal_size',
      'total_interactions',
      'call_volume',
      'avg_call_duration',
      'conversion_rate',
      'cost',
      'spend',
      'interaction_cost',
      'cpa',
      'roi',
      'roas',
      'avg_purchase_probability',
      'intent_detection_rate',
    ],
  },
  intents: {
    dimension: 'intent',
    metrics: [
      'attributed_revenue',
      'conversions',
      'attributed_conversions',
      'conversion_rate',
      'avg_deal_size',
      'total_interactions',
      'interaction_share',
      'avg_purchase_probability',
      'customers_touched',
      'customers_converted',
      'revenue_share',
    ],
  },
  channels: {
    dimension: 'channel',
    metrics: [
      'attributed_revenue',
      'cost',
      'spend',
      'interaction_cost',
      'roi',
      'roas',
      'cpa',
      'channel_efficiency',
      'conversions',
      'attributed_conversions',
      'avg_deal_size',
      'total_interactions',
      'conversion_rate',
      'revenue_share',
    ],
  },
  content: {
    dimension: 'content',
    metrics: [
      'attributed_revenue',
      'content_views',
      'viewers',
      'engagement_rate',
      'engagements',
      'avg_view_duration',
      'conversions',
      'attributed_conversions',
      'total_interactions',
    ],
  },
  tickets: {
    dimension: 'agent',
    metrics: [
      'tickets_created',
      'tickets_resolved',
      'avg_first_response_time',
      'avg_resolution_time',
      'sla_breach_rate',
      'sla_breaches',
      'csat',
      'avg_rating',
      'ratings',
      'reopen_rate',
    ],
  },
} as const satisfies Record<string, Screen>;

const isGranularity = (part: GroupBy): part is Granularity => (GRANULARITIES as readonly string[]).includes(part);

const screen = (permission: Permission, { dimension, metrics }: Screen): Verb<ScreenInput, Report> =>
  verb({ permission }, (ctx, { groupBy = [dimension], ...input }: ScreenInput) =>
    makeReport(ctx, input, {
      metrics,
      dimensions: groupBy.filter((part) => !isGranularity(part)),
      granularity: groupBy.find(isGranularity) ?? null,
      lenient: true,
    }),
  );

/** Each throws AppError validation; not_found and conflict `RUN_NOT_PUBLISHED` for the run. */
export const agentsRevenue = screen('analytics.agents.view', SCREENS.agents);
export const compareVendors = screen('analytics.vendors.view', SCREENS.vendors);
export const intentsRevenue = screen('analytics.intents.view', SCREENS.intents);
export const channelsRoi = screen('analytics.intents.view', SCREENS.channels);
export const contentEngagement = screen('analytics.intents.view', SCREENS.content);
export const ticketAnalytics = screen('tickets.view', SCREENS.tickets);
