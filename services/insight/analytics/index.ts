export { type CustomReport, customReport } from './custom-report.ts';
export type { AnswerFacts } from './facts.ts';
export { FUNNEL_STAGES, type Funnel, funnelStages } from './funnel.query.ts';
export { listMetrics, type MetricView } from './list-metrics.ts';
export { type MetricFamily, metricOf, registerMetrics } from './registry.ts';
export type { Report, ReportInput } from './report.ts';
export type { Figures, ReportRow } from './rows.ts';
export {
  agentsRevenue,
  channelsRoi,
  compareVendors,
  contentEngagement,
  type GroupBy,
  intentsRevenue,
  SCREENS,
  ticketAnalytics,
} from './screens.ts';
export { modelsToSummarize, type SummaryStep, summarizeModel } from './summaries.ts';
export { type JourneyFigures, journeyVelocity, type Velocity } from './velocity.query.ts';
