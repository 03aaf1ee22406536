import { MAIN_QUEUE } from '../workflows/queues.contract.ts';
import type { JobSchedule } from './schedules.ts';

/** Jobs over all organizations. What people schedule for themselves is not among them. */
export const JOBS: readonly JobSchedule[] = [
  {
    name: 'apiKeyExpiry',
    workflowType: 'apiKeyExpiry',
    taskQueue: MAIN_QUEUE,
    everySeconds: 3_600,
    jitterSeconds: 300,
    summary: 'Warns of API keys that will expire in seven days, notes those that have',
  },
  {
    name: 'housekeeping',
    workflowType: 'housekeeping',
    taskQueue: MAIN_QUEUE,
    everySeconds: 600,
    jitterSeconds: 30,
    summary: 'Deletes expired idempotency keys, delivered commands and old events, ends runs whose process is gone',
  },
  {
    name: 'intentHourly',
    workflowType: 'intentHourly',
    taskQueue: MAIN_QUEUE,
    everySeconds: 3_600,
    jitterSeconds: 120,
    summary: 'Lets intent fade, expires signals, finds spikes',
  },
  {
    name: 'leadRescore',
    workflowType: 'leadRescore',
    taskQueue: MAIN_QUEUE,
    everySeconds: 3_600,
    jitterSeconds: 300,
    summary: 'Scores leads anew whose facts or model have changed',
  },
  {
    name: 'listsHourly',
    workflowType: 'listsHourly',
    taskQueue: MAIN_QUEUE,
    everySeconds: 3_600,
    jitterSeconds: 120,
    summary: 'Makes dynamic lists follow the passing of time',
  },
  {
    name: 'pipelineDaily',
    workflowType: 'pipelineDaily',
    taskQueue: MAIN_QUEUE,
    everySeconds: 3_600,
    jitterSeconds: 60,
    summary: 'Keeps the forecast of each day and judges the open deals',
  },
  {
    name: 'privacyRetention',
    workflowType: 'privacyRetention',
    taskQueue: MAIN_QUEUE,
    everySeconds: 86_400,
    jitterSeconds: 3_600,
    summary: 'Removes texts and anonymous rows that are older than an organization keeps them',
  },
  {
    name: 'webhookUpkeep',
    workflowType: 'webhookUpkeep',
    taskQueue: MAIN_QUEUE,
    everySeconds: 600,
    jitterSeconds: 60,
    summary: 'Starts deliveries of webhooks whose process is gone, clears the delivery log',
  },
];
