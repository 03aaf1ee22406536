import { LISTS_HOURLY_QUEUE } from '../workflows/crm/lists-hourly.contract.ts';
import { PIPELINE_DAILY_QUEUE } from '../workflows/crm/pipeline-daily.contract.ts';
import { RETENTION_QUEUE } from '../workflows/data/privacy-retention.contract.ts';
import { API_KEY_EXPIRY_QUEUE } from '../workflows/platform/api-key-expiry.contract.ts';
import { HOUSEKEEPING_QUEUE } from '../workflows/platform/housekeeping.contract.ts';
import { WEBHOOK_UPKEEP_QUEUE } from '../workflows/platform/webhook-upkeep.contract.ts';
import type { JobSchedule } from './schedules.ts';

/** Jobs over all organizations. What people schedule for themselves is not among them. */
export const JOBS: readonly JobSchedule[] = [
  {
    name: 'apiKeyExpiry',
    workflowType: 'apiKeyExpiry',
    taskQueue: API_KEY_EXPIRY_QUEUE,
    everySeconds: 3_600,
    jitterSeconds: 300,
    summary: 'Warns of API keys that will expire in seven days, notes those that have',
  },
  {
    name: 'housekeeping',
    workflowType: 'housekeeping',
    taskQueue: HOUSEKEEPING_QUEUE,
    everySeconds: 600,
    jitterSeconds: 30,
    summary: 'Deletes expired idempotency keys, delivered commands and old events, ends runs whose process is gone',
  },
  {
    name: 'listsHourly',
    workflowType: 'listsHourly',
    taskQueue: LISTS_HOURLY_QUEUE,
    everySeconds: 3_600,
    jitterSeconds: 120,
    summary: 'Makes dynamic lists follow the passing of time',
  },
  {
    name: 'pipelineDaily',
    workflowType: 'pipelineDaily',
    taskQueue: PIPELINE_DAILY_QUEUE,
    everySeconds: 3_600,
    jitterSeconds: 60,
    summary: 'Keeps the forecast of each day and judges the open deals',
  },
  {
    name: 'privacyRetention',
    workflowType: 'privacyRetention',
    taskQueue: RETENTION_QUEUE,
    everySeconds: 86_400,
    jitterSeconds: 3_600,
    summary: 'Removes texts and anonymous rows that are older than an organization keeps them',
  },
  {
    name: 'webhookUpkeep',
    workflowType: 'webhookUpkeep',
    taskQueue: WEBHOOK_UPKEEP_QUEUE,
    everySeconds: 600,
    jitterSeconds: 60,
    summary: 'Starts deliveries of webhooks whose process is gone, clears the delivery log',
  },
];
