/** Every workflow type, by name. The bundle starts here. */
export { bdrAgent } from './agent/bdr-agent.workflow.ts';
export { bdrProspect } from './agent/bdr-prospect.workflow.ts';

export { conversationAnalysis } from './agent/conversation-analysis.workflow.ts';
export { enrichment } from './crm/enrichment.workflow.ts';
export { intentHourly } from './crm/intent-hourly.workflow.ts';
export { leadRescore } from './crm/lead-rescore.workflow.ts';
export { listRefresh } from './crm/list-refresh.workflow.ts';
export { listsHourly } from './crm/lists-hourly.workflow.ts';
export { liveCall } from './crm/live-call.workflow.ts';
export { pipelineDaily } from './crm/pipeline-daily.workflow.ts';
export { taskReminder } from './crm/task-reminder.workflow.ts';
export { privacyRequest } from './data/privacy-request.workflow.ts';
export { privacyRetention } from './data/privacy-retention.workflow.ts';
export { attributionRun } from './insight/attribution-run.workflow.ts';
export { attributionSchedule } from './insight/attribution-schedule.workflow.ts';
export { integrationRemoval } from './integrations/integration-removal.workflow.ts';
export { integrationSync } from './integrations/integration-sync.workflow.ts';
export { cadenceEnrollment } from './outreach/cadence-enrollment.workflow.ts';
export { emailSend } from './outreach/email-send.workflow.ts';
export { apiKeyExpiry } from './platform/api-key-expiry.workflow.ts';
export { housekeeping } from './platform/housekeeping.workflow.ts';
export { importUpload } from './platform/import-upload.workflow.ts';
export { invitation } from './platform/invitation.workflow.ts';
export { webhookDelivery } from './platform/webhook-delivery.workflow.ts';
export { webhookUpkeep } from './platform/webhook-upkeep.workflow.ts';
