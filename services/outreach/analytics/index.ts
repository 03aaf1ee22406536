/** What outreach came to; what the API and other wings may call. */
export { type CadenceAnalytics, readCadenceAnalytics } from './cadence-analytics.ts';
export { DONE_KINDS, doneRows } from './done.ts';
export { EMAIL_MEASURES } from './email-counts.ts';
export {
  reportCadences,
  reportChannels,
  reportExperiments,
  reportResponseTimes,
  reportSendTimes,
  reportTemplates,
} from './outreach-reports.ts';
export { reportActivity, reportEmails, reportPerformance, reportPipeline } from './performance.ts';
