import { DIMENSIONS, type Dimension, type Metric, measuresOf } from '../../../domain/insight/metrics.rules.ts';
import { CONTENT } from './content.source.ts';
import { CREDITS } from './credits.source.ts';
import { METRICS } from './metrics.ts';
import { OUTREACH } from './outreach.metrics.ts';
import { SALES_AGENT } from './sales-agent.source.ts';
import type { MetricSource } from './source.ts';
import { SPEND } from './spend.source.ts';
import { SUPPORT } from './tickets.source.ts';
import { MODEL_COSTS, PEOPLE, TOUCH_COSTS, TOUCHES } from './touches.source.ts';

/** Metrics and where their measures come from; a wing hands its own over in one piece. */
export interface MetricFamily {
  readonly sources: readonly MetricSource[];
  readonly metrics: readonly Metric[];
}

const metrics = new Map<string, Metric>();
const sourceOfMeasure = new Map<string, MetricSource>();

/** Adds metrics at the start of a process (composition roots of upper wings). @throws Error for a name used twice. */
export function registerMetrics(family: MetricFamily): void {
  for (const source of family.sources) {
    for (const measure of source.measures) {
      if (sourceOfMeasure.has(measure)) throw new Error(`The measure ${measure} is registered already.`);
      sourceOfMeasure.set(measure, source);
    }
  }
  for (const metric of family.metrics) {
    if (metrics.has(metric.code)) throw new Error(`The metric ${metric.code} is registered already.`);
    for (const measure of measuresOf(metric)) sourceOf(measure);
    metrics.set(metric.code, metric);
  }
}

export const allMetrics = (): Metric[] => [...metrics.values()];

export const findMetric = (code: string): Metric | undefined => metrics.get(code);

/** @throws Error for a name that nobody registered. */
export function metricOf(code: string): Metric {
  const metric = metrics.get(code);
  if (!metric) throw new Error(`The metric ${code} is not registered.`);
  return metric;
}

/** @throws Error when no source has it. */
export function sourceOf(measure: string): MetricSource {
  const source = sourceOfMeasure.get(measure);
  if (!source) throw new Error(`No source has the measure ${measure}.`);
  return source;
}

/** What a metric can be cut and filtered by: what all of its sources know. */
export const dimensionsOf = (metric: Metric): Dimension[] =>
  DIMENSIONS.filter((dimension) =>
    measuresOf(metric).every((measure) => sourceOf(measure).dimensions.includes(dimension)),
  );

/** Dimensions whose values add up to the whole. */
export const addsUpOver = (metric: Metric): Dimension[] =>
  metric.additive
    ? dimensionsOf(metric).filter((dimension) =>
        measuresOf(metric).every((measure) => sourceOf(measure) === CREDITS || sourceOf(measure).addsUp([dimension])),
      )
    : [];

registerMetrics({ sources: [CREDITS, TOUCHES, TOUCH_COSTS, MODEL_COSTS, PEOPLE, SPEND], metrics: METRICS });
registerMetrics(CONTENT);
registerMetrics(SUPPORT);
registerMetrics(OUTREACH);
registerMetrics(SALES_AGENT);
