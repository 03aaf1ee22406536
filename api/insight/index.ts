import type { Endpoint } from '../http/endpoint.ts';
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
import { getJourneyEndpoint } from './journey.routes.ts';
import { createUseCaseEndpoint, deleteUseCaseEndpoint, listUseCasesEndpoint } from './use-cases.routes.ts';

export const INSIGHT_ENDPOINTS: readonly Endpoint[] = [
  createRunEndpoint,
  listRunsEndpoint,
  listModelsEndpoint,
  getRunEndpoint,
  executeRunEndpoint,
  cancelRunEndpoint,
  listResultsEndpoint,
  listUnattributedEndpoint,
  compareRunsEndpoint,
  requestComparisonEndpoint,
  getComparisonEndpoint,
  loadClaimsEndpoint,
  listOverClaimsEndpoint,
  getJourneyEndpoint,
  createUseCaseEndpoint,
  listUseCasesEndpoint,
  deleteUseCaseEndpoint,
];
