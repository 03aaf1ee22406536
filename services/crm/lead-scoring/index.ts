/** What other wings, activities, the API and setup code may call. */

export { type HighValueLead, listHighValueLeads, type RoutedLead, routeLeads } from './high-value.ts';
export {
  listCustomerPredictions,
  listPredictions,
  listProspectScores,
  PREDICTION_TYPES,
  type PredictionView,
  predictPurchase,
  readCustomerScore,
  readProspectScore,
} from './predictions.ts';
export { rescoreBatch, type ScoredLead, scoreCustomer, scoreProspect, scoreProspects } from './score-leads.ts';
export {
  createThreshold,
  deleteThreshold,
  listThresholds,
  THRESHOLD_ACTIONS,
  type ThresholdInput,
  type ThresholdView,
} from './score-thresholds.ts';
export {
  createScoringModel,
  deleteScoringModel,
  listScoringModels,
  type ScoringModelView,
  updateScoringModel,
} from './scoring-models.ts';
