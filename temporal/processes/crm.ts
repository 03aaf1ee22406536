import type { EnrichmentInput } from '../../workflows/crm/enrichment.contract.ts';
import type { ListRefreshInput } from '../../workflows/crm/list-refresh.contract.ts';
import { callChanged, type LiveCallInput } from '../../workflows/crm/live-call.contract.ts';
import { reminderChanged, type TaskReminderInput } from '../../workflows/crm/task-reminder.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

/** Two processes of one workflow: an operator finds the one of a task and the one of a meeting by their own ids. */
const reminderProcess = (entity: TaskReminderInput['entity']) =>
  defineProcess<TaskReminderInput>({
    name: entity,
    workflowType: 'taskReminder',
    taskQueue: MAIN_QUEUE,
    signals: [reminderChanged],
    entityType: entity,
    summary: ({ entityId, generation }) => `Reminders of ${entity} ${entityId}, generation ${generation}`,
    priority: 3,
  });

const taskProcess = reminderProcess('task');
const meetingProcess = reminderProcess('meeting');

const listRefreshProcess = defineProcess<ListRefreshInput>({
  name: 'listRefresh',
  workflowType: 'listRefresh',
  taskQueue: MAIN_QUEUE,
  signals: [],
  entityType: 'list',
  summary: ({ listId, generation }) => `Refresh of list ${listId}, generation ${generation}`,
  priority: 4,
});

const enrichmentProcess = defineProcess<EnrichmentInput>({
  name: 'enrichment',
  workflowType: 'enrichment',
  taskQueue: MAIN_QUEUE,
  signals: [],
  entityType: 'enrichment_request',
  summary: ({ requestId }) => `Enrichment request ${requestId}`,
  priority: 4,
});

const callProcess = defineProcess<LiveCallInput>({
  name: 'call',
  workflowType: 'liveCall',
  taskQueue: MAIN_QUEUE,
  signals: [callChanged],
  entityType: 'live_call',
  summary: ({ callId }) => `Call ${callId}`,
  priority: 2,
});

export const CRM_PROCESSES: readonly ProcessDefinition[] = [
  callProcess,
  enrichmentProcess,
  taskProcess,
  meetingProcess,
  listRefreshProcess,
];
