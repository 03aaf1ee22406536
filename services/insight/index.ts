/** What other wings, the API and the activities may call. */
export {
  type AnswerFacts,
  agentsRevenue,
  type CustomReport,
  channelsRoi,
  compareVendors,
  contentEngagement,
  customReport,
  type Figures,
  FUNNEL_STAGES,
  type Funnel,
  funnelStages,
  type GroupBy,
  intentsRevenue,
  type JourneyFigures,
  journeyVelocity,
  listMetrics,
  type MetricFamily,
  type MetricView,
  metricOf,
  modelsToSummarize,
  type Report,
  type ReportInput,
  type ReportRow,
  registerMetrics,
  SCREENS,
  type SummaryStep,
  summarizeModel,
  ticketAnalytics,
  type Velocity,
} from './analytics/index.ts';
export { cancelRun } from './attribution/cancel-run.ts';
export { createRun } from './attribution/create-run.ts';
export { executeRun } from './attribution/execute-run.ts';
export { type CreditExplanation, explainCredit } from './attribution/explain-credit.ts';
export { type LearnOutcome, learnModels, learnsFirst } from './attribution/learn-models.ts';
export { type CreditView, listResults } from './attribution/list-results.ts';
export { listUnattributed, type UnattributedView } from './attribution/list-unattributed.ts';
export { listUnattendedRuns, type RunningGeneration } from './attribution/lost-runs.ts';
export { getModelDetails, type ModelDetails } from './attribution/model-details.ts';
export { planRun } from './attribution/plan-run.ts';
export { type ProgressView, readProgress } from './attribution/read-progress.ts';
export { getRun, listModels, listRuns } from './attribution/read-runs.ts';
export {
  computePartition,
  failRun,
  type PublishedCounts,
  publishRun,
  purgeGenerations,
} from './attribution/run-steps.ts';
export type { RunView } from './attribution/run-view.ts';
export { loadClaims } from './claims/load-claims.ts';
export { listOverClaims, type OverClaimsView } from './claims/over-claims.ts';
export { type CompareView, compareRuns } from './compare/compare-runs.ts';
export { type ComparisonView, getComparison } from './compare/comparison-view.ts';
export { purgeComparisons } from './compare/purge-comparisons.ts';
export { requestComparison } from './compare/request-comparison.ts';
export { type ActivityView, dashboardOverview, type Overview, recentActivity } from './dashboard/index.ts';
export {
  createExchangeRate,
  deleteExchangeRate,
  type ExchangeRateInput,
  type ExchangeRateView,
  listExchangeRates,
  putExchangeRates,
  type StoredRates,
} from './exchange-rates/index.ts';
export { getJourney, type JourneyView } from './journey/get-journey.ts';
export { INSIGHT_PUBLIC_EVENTS } from './public-events.ts';
export { renderRunReport } from './report/render-run-report.ts';
export { fireSchedule } from './schedules/fire-schedule.ts';
export {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  pauseSchedule,
  resumeSchedule,
  type ScheduleView,
} from './schedules/schedules.ts';
export { createUseCase, deleteUseCase, listUseCases } from './use-cases/use-cases.ts';
