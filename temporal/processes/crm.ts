import { LIST_REFRESH_QUEUE, type ListRefreshInput } from '../../workflows/crm/list-refresh.contract.ts';
import {
  reminderChanged,
  TASK_REMINDER_QUEUE,
  type TaskReminderInput,
} from '../../workflows/crm/task-reminder.contract.ts';
import { defineProcess } from './process.ts';

/** Two processes of one workflow: an operator finds the one of a task and the one of a meeting by their own ids. */
const reminderProcess = (entity: TaskReminderInput['entity']) =>
  defineProcess<TaskReminderInput>({
    name: entity,
    workflowType: 'taskReminder',
    taskQueue: TASK_REMINDER_QUEUE,
    signals: [reminderChanged],
    entityType: entity,
    summary: ({ entityId, generation }) => `Reminders of ${entity} ${entityId}, generation ${generation}`,
    priority: 3,
  });

export const taskProcess = reminderProcess('task');
export const meetingProcess = reminderProcess('meeting');

export const listRefreshProcess = defineProcess<ListRefreshInput>({
  name: 'listRefresh',
  workflowType: 'listRefresh',
  taskQueue: LIST_REFRESH_QUEUE,
  signals: [],
  entityType: 'list',
  summary: ({ listId, generation }) => `Refresh of list ${listId}, generation ${generation}`,
  priority: 4,
});
