/** What other wings, activities, the API and setup code may call. */

export {
  acknowledgeIntentAlert,
  INTENT_ALERT_TYPES,
  type IntentAlertView,
  listIntentAlerts,
} from './intent-alerts.ts';
export { readAccountIntent, readProspectIntent } from './intent-view.ts';
export { type LinkedinEngagementView, listLinkedinEngagements, recordLinkedinEngagement } from './linkedin.ts';
export {
  type RecordedSignal,
  recordSignal,
  recordSignals,
  type SignalInput,
  withdrawSignals,
} from './record-signals.ts';
export { type DecayStep, decayBatch, expireSignals, type IntentChange, type IntentSubject } from './refresh-intent.ts';
export { listSignals, SIGNAL_FIELDS, type SignalView } from './signal-view.ts';
export {
  findHighIntentProspects,
  type IntentProspect,
  listTopIntentProspects,
  readIntentSummary,
} from './team-intent.ts';
export { trackVisit } from './track-visit.ts';
export { getVisitor, listVisitors, type VisitorView } from './visitor-view.ts';
export { catchUpVisits } from './website-signals.ts';
