import type { Endpoint } from '../http/endpoint.ts';
import {
  agentsRevenueEndpoint,
  channelsRoiEndpoint,
  compareVendorsEndpoint,
  contentEngagementEndpoint,
  intentsRevenueEndpoint,
  listMetricsEndpoint,
} from './analytics.routes.ts';
import { customReportEndpoint, funnelStagesEndpoint, journeyVelocityEndpoint } from './analytics-more.routes.ts';
import {
  cancelRunEndpoint,
  createRunEndpoint,
  executeRunEndpoint,
  getRunEndpoint,
  listModelsEndpoint,
  listResultsEndpoint,
  listRunsEndpoint,
  listUnattributedEndpoint,
} from './attribution.routes.ts';
import {
  compareRunsEndpoint,
  getComparisonEndpoint,
  listOverClaimsEndpoint,
  loadClaimsEndpoint,
  requestComparisonEndpoint,
} from './compare.routes.ts';
import { dashboardActivityEndpoint, dashboardOverviewEndpoint } from './dashboard.routes.ts';
import {
  createExchangeRateEndpoint,
  deleteExchangeRateEndpoint,
  listExchangeRatesEndpoint,
  putExchangeRatesEndpoint,
} from './exchange-rates.routes.ts';
import { explainResultEndpoint, getModelDetailsEndpoint } from './explanations.routes.ts';
import { getJourneyEndpoint } from './journey.routes.ts';
import { getProgressEndpoint, runReportEndpoint, streamProgressEndpoint } from './progress.routes.ts';
import {
  createScheduleEndpoint,
  deleteScheduleEndpoint,
  getScheduleEndpoint,
  listSchedulesEndpoint,
  pauseScheduleEndpoint,
  resumeScheduleEndpoint,
} from './schedules.routes.ts';
import { ticketAnalyticsEndpoint } from './ticket-analytics.routes.ts';
import { createUseCaseEndpoint, deleteUseCaseEndpoint, listUseCasesEndpoint } from './use-cases.routes.ts';

export const INSIGHT_ENDPOINTS: readonly Endpoint[] = [
  ticketAnalyticsEndpoint,
  createRunEndpoint,
  listRunsEndpoint,
  listModelsEndpoint,
  getRunEndpoint,
  executeRunEndpoint,
  cancelRunEndpoint,
  listResultsEndpoint,
  listUnattributedEndpoint,
  getModelDetailsEndpoint,
  explainResultEndpoint,
  compareRunsEndpoint,
  requestComparisonEndpoint,
  getComparisonEndpoint,
  loadClaimsEndpoint,
  listOverClaimsEndpoint,
  getProgressEndpoint,
  streamProgressEndpoint,
  runReportEndpoint,
  createScheduleEndpoint,
  listSchedulesEndpoint,
  getScheduleEndpoint,
  pauseScheduleEndpoint,
  resumeScheduleEndpoint,
  deleteScheduleEndpoint,
  getJourneyEndpoint,
  agentsRevenueEndpoint,
  compareVendorsEndpoint,
  intentsRevenueEndpoint,
  channelsRoiEndpoint,
  funnelStagesEndpoint,
  contentEngagementEndpoint,
  journeyVelocityEndpoint,
  customReportEndpoint,
  listMetricsEndpoint,
  dashboardOverviewEndpoint,
  dashboardActivityEndpoint,
  createExchangeRateEndpoint,
  putExchangeRatesEndpoint,
  listExchangeRatesEndpoint,
  deleteExchangeRateEndpoint,
  createUseCaseEndpoint,
  listUseCasesEndpoint,
  deleteUseCaseEndpoint,
];
