import type { ListRefreshInput } from './list-refresh.contract.ts';
import type { TaskReminderInput } from './task-reminder.contract.ts';

/** The wing's part of the process map. */
export interface CrmProcesses {
  listRefresh: { input: ListRefreshInput; signals: never };
  meeting: { input: TaskReminderInput; signals: 'reminderChanged' };
  task: { input: TaskReminderInput; signals: 'reminderChanged' };
}
