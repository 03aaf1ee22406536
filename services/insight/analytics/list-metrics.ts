import type { Dimension, Metric } from '../../../domain/insight/metrics.rules.ts';
import { verb } from '../../core/context.ts';
import { addsUpOver, allMetrics, dimensionsOf } from './registry.ts';

export interface MetricView extends Metric {
  dimensions: readonly Dimension[];
  /** Dimensions whose values add up to the whole; empty for metrics that cannot be added. */
  additiveOver: readonly Dimension[];
}

/** Everything that dashboards and reports can ask for. */
export const listMetrics = verb(
  { permission: 'reports.view' },
  async (): Promise<MetricView[]> =>
    allMetrics().map((metric) => ({
      ...metric,
      dimensions: dimensionsOf(metric),
      additiveOver: addsUpOver(metric),
    })),
);
