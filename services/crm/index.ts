/** What other wings, activities, the API and setup code may call. */

export { readAccountHealth, refreshAccountHealth } from './accounts/account-health.ts';
export { listAccountContacts, listAccountDeals } from './accounts/account-lists.ts';
export {
  type AccountDetail,
  type AccountView,
  getAccount,
  getAccountHierarchy,
  LIFECYCLE_STAGES,
  listAccounts,
} from './accounts/account-view.ts';
export { createAccount, deleteAccount, restoreAccount, updateAccount } from './accounts/change-account.ts';
export { mergeAccounts, undoAccountMerge } from './accounts/merge-accounts.ts';
export {
  type ActivityView,
  listAccountActivities,
  listActivities,
  listProspectActivities,
  logManualActivity,
} from './activities/activities.ts';
export { changeActivity } from './activities/change-activity.ts';
export { logActivity } from './activities/log-activity.ts';
export { recordTouch, type Touch, voidTouch } from './activities/touch.ts';
export { type CallView, DISPOSITIONS, deleteCall, getCall, listCalls, logCall, updateCall } from './calls/call-log.ts';
export { createCustomField, deleteCustomField, listCustomFields } from './custom-fields/custom-fields.ts';
export { createDeal, type DealFields } from './deals/create-deal.ts';
export { addDealContact, listDealContacts, removeDealContact } from './deals/deal-contacts.ts';
export {
  type BoardColumn,
  type DealContact,
  type DealDetail,
  type DealView,
  getDeal,
  listDeals,
  readBoard,
} from './deals/deal-view.ts';
export { type DealOfOld, importDeals } from './deals/import-deals.ts';
export { deleteDeal, moveDealStage, updateDeal } from './deals/update-deal.ts';
export {
  beginLookUp,
  type EnrichmentPlan,
  finishEnrichment,
  planEnrichment,
  recordLookUp,
} from './enrichment/enrichment-steps.ts';
export {
  configureEnrichmentProvider,
  type EnrichmentProviderView,
  listEnrichmentProviders,
} from './enrichment/provider-config.ts';
export { enrichAccount, enrichProspect, requestEnrichment } from './enrichment/request-enrichment.ts';
export { getEnrichmentRequest, listEnrichmentRequests } from './enrichment/request-view.ts';
export {
  accountCreated,
  accountDeleted,
  accountMerged,
  accountRestored,
  accountUnmerged,
  accountUpdated,
  activityChanged,
  activityLogged,
  callEnded,
  callIntentDetected,
  callStarted,
  callTranscribed,
  dealCreated,
  dealDeleted,
  dealUpdated,
  leadThresholdReached,
  meetingScheduled,
  prospectCreated,
  prospectDeleted,
  prospectMerged,
  prospectRestored,
  prospectsImported,
  prospectUnmerged,
  prospectUpdated,
  taskCompleted,
} from './events.ts';
export {
  cancelProspectImport,
  getProspectImport,
  importProspects,
  undoProspectImport,
} from './imports/import-prospects.ts';
export {
  addListMembers,
  createList,
  deleteList,
  refreshList,
  removeListMember,
  updateList,
} from './lists/change-list.ts';
export { getList, type ListView, listLists, listMembers } from './lists/list-view.ts';
export { carryOutRefresh, markRefresh, refreshAllLists } from './lists/refresh-list.ts';
export { applyCallEvents, type ToldCall } from './live-calls/apply-events.ts';
export { attendCall, type CallAttention } from './live-calls/attend-call.ts';
export { CALL_RECORDS } from './live-calls/call-privacy.ts';
export { type CallRecord, readCallRecord } from './live-calls/call-record.ts';
export {
  getLiveCall,
  type LiveCallsNow,
  type LiveCallView,
  listLiveCalls,
  watchLiveCalls,
} from './live-calls/live-call-view.ts';
export { createCalendarFeed, deleteCalendarFeed, readCalendarFeed, readFeedToken } from './meetings/calendar-feed.ts';
export { updateMeeting } from './meetings/change-meeting.ts';
export { downloadMeeting } from './meetings/ics.ts';
export { getMeeting, listMeetings, type MeetingDetail, type MeetingView } from './meetings/meeting-view.ts';
export { scheduleMeeting } from './meetings/schedule-meeting.ts';
export { FORECAST_PERIODS, type Forecast, readForecast } from './pipeline/forecast.query.ts';
export {
  analyzeDeal,
  type DealHealth,
  listPipelineHealth,
  readDealHealth,
  refreshPipelineHealth,
} from './pipeline/health.ts';
export { type Accuracy, readForecastAccuracy, takeForecastSnapshot } from './pipeline/snapshots.ts';
export { readWaterfall, type Waterfall } from './pipeline/waterfall.query.ts';
export { readWinLoss, WIN_LOSS_GROUPS, type WinLossLine } from './pipeline/win-loss.query.ts';
export { createProspect } from './prospects/create-prospect.ts';
export { deleteProspect, restoreProspect } from './prospects/delete-prospect.ts';
export { exportProspects } from './prospects/export-prospects.ts';
export { mergeProspects, undoProspectMerge } from './prospects/merge-prospects.ts';
export { eraseProspect, exportProspectData } from './prospects/personal-data.ts';
export { type ProspectInsights, readProspectInsights } from './prospects/prospect-insights.query.ts';
export { PROSPECT_RECORDS, prospectsOfPerson } from './prospects/prospect-privacy.ts';
export { getProspect, listProspects, type ProspectView } from './prospects/prospect-view.ts';
export { prospectsMatching } from './prospects/prospects-matching.ts';
export { updateProspect } from './prospects/update-prospect.ts';
export { CRM_PUBLIC_EVENTS } from './public-events.ts';
export { requireRecords } from './references.ts';
export { attendReminder, type ReminderAttention } from './reminders/attend-reminder.ts';
export { segmentProspects } from './segments/segment-condition.ts';
export {
  createSegment,
  deleteSegment,
  getSegment,
  listSegmentMembers,
  listSegments,
  previewSegment,
  type SegmentView,
  updateSegment,
} from './segments/segments.ts';
export { completeTask, createTask, deleteTask, updateTask } from './tasks/change-task.ts';
export {
  getTask,
  listTasks,
  TASK_PRIORITIES,
  TASK_STATUSES,
  TASK_TYPES,
  type TaskType,
  type TaskView,
} from './tasks/task-view.ts';
