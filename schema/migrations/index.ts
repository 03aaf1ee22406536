import type { Migration } from 'kysely/migration';
import * as core from './0001_core.ts';
import * as platform from './0002_platform.ts';
import * as data from './0003_data.ts';
import * as insight from './0004_insight.ts';
import * as dataIn from './0005_data_in.ts';
import * as people from './0006_platform_people.ts';
import * as platformAuth from './0007_platform_auth.ts';
import * as platformKeysAudit from './0008_platform_keys_audit.ts';
import * as dataRefunds from './0009_data_refunds.ts';
import * as insightModels from './0010_insight_models.ts';
import * as insightAnalytics from './0011_insight_analytics.ts';
import * as insightRuns from './0012_insight_runs.ts';
import * as crmRecords from './0013_crm_records.ts';
import * as crmImports from './0014_crm_imports.ts';
import * as crmPipeline from './0015_crm_pipeline.ts';
import * as crmWork from './0016_crm_work.ts';
import * as platformWebhooks from './0018_platform_webhooks.ts';
import * as insightTouchTypes from './0019_insight_touch_types.ts';
import * as platformHousekeeping from './0020_platform_housekeeping.ts';
import * as crmEnrichment from './0021_crm_enrichment.ts';
import * as crmAccess from './0022_crm_access.ts';
import * as outreachMail from './0023_outreach_mail.ts';
import * as outreachInboundBulk from './0024_outreach_inbound_bulk.ts';
import * as outreachGovernance from './0025_outreach_governance.ts';
import * as outreachCadences from './0026_outreach_cadences.ts';
import * as crmIntent from './0027_crm_intent.ts';
import * as serviceTickets from './0028_service_tickets.ts';
import * as serviceMail from './0029_service_mail.ts';
import * as agentModels from './0030_agent_models.ts';
import * as agentBdr from './0031_agent_bdr.ts';
import * as integrationsInbound from './0032_integrations_inbound.ts';
import * as agentConversations from './0033_agent_conversations.ts';
import * as integrationsSync from './0034_integrations_sync.ts';
import * as integrationsMarketplace from './0035_integrations_marketplace.ts';
import * as dataKeptRecords from './0036_data_kept_records.ts';
import * as dataUploads from './0037_data_uploads.ts';
import * as crmLookUps from './0038_crm_look_ups.ts';
import * as teamVisibility from './0039_team_visibility.ts';
import * as insightClosedLoop from './0040_insight_closed_loop.ts';
import * as outreachAnswers from './0042_outreach_answers.ts';
import * as agentChannels from './0044_agent_channels.ts';
import * as coreOperations from './0046_core_operations.ts';
import * as sendChannels from './0050_send_channels.ts';
import * as insightPartitionBounds from './0051_insight_partition_bounds.ts';
import * as crmIntentStatistics from './0053_crm_intent_statistics.ts';
import * as crmCounting from './0054_crm_counting.ts';
import * as callsOfTasks from './0055_calls_of_tasks.ts';
import * as outreachVisibility from './0056_outreach_visibility.ts';
import * as agentRouting from './0057_agent_routing.ts';
import * as changeSyncs from './0059_change_syncs.ts';
import * as statistics from './0061_statistics.ts';
import * as outreachStatistics from './0063_outreach_statistics.ts';

/** In order; a migration that has been released is never edited. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001_core': core,
  '0002_platform': platform,
  '0003_data': data,
  '0004_insight': insight,
  '0005_data_in': dataIn,
  '0006_platform_people': people,
  '0007_platform_auth': platformAuth,
  '0008_platform_keys_audit': platformKeysAudit,
  '0009_data_refunds': dataRefunds,
  '0010_insight_models': insightModels,
  '0011_insight_analytics': insightAnalytics,
  '0012_insight_runs': insightRuns,
  '0013_crm_records': crmRecords,
  '0014_crm_imports': crmImports,
  '0015_crm_pipeline': crmPipeline,
  '0016_crm_work': crmWork,
  '0018_platform_webhooks': platformWebhooks,
  '0019_insight_touch_types': insightTouchTypes,
  '0020_platform_housekeeping': platformHousekeeping,
  '0021_crm_enrichment': crmEnrichment,
  '0022_crm_access': crmAccess,
  '0023_outreach_mail': outreachMail,
  '0024_outreach_inbound_bulk': outreachInboundBulk,
  '0025_outreach_governance': outreachGovernance,
  '0026_outreach_cadences': outreachCadences,
  '0027_crm_intent': crmIntent,
  '0028_service_tickets': serviceTickets,
  '0029_service_mail': serviceMail,
  '0030_agent_models': agentModels,
  '0031_agent_bdr': agentBdr,
  '0032_integrations_inbound': integrationsInbound,
  '0033_agent_conversations': agentConversations,
  '0034_integrations_sync': integrationsSync,
  '0035_integrations_marketplace': integrationsMarketplace,
  '0036_data_kept_records': dataKeptRecords,
  '0037_data_uploads': dataUploads,
  '0038_crm_look_ups': crmLookUps,
  '0039_team_visibility': teamVisibility,
  '0040_insight_closed_loop': insightClosedLoop,
  '0042_outreach_answers': outreachAnswers,
  '0044_agent_channels': agentChannels,
  '0046_core_operations': coreOperations,
  '0050_send_channels': sendChannels,
  '0051_insight_partition_bounds': insightPartitionBounds,
  '0053_crm_intent_statistics': crmIntentStatistics,
  '0054_crm_counting': crmCounting,
  '0055_calls_of_tasks': callsOfTasks,
  '0056_outreach_visibility': outreachVisibility,
  '0057_agent_routing': agentRouting,
  '0059_change_syncs': changeSyncs,
  '0061_statistics': statistics,
  '0063_outreach_statistics': outreachStatistics,
};
