import type { EnrichmentInput } from './enrichment.contract.ts';
import type { ListRefreshInput } from './list-refresh.contract.ts';
import type { LiveCallInput } from './live-call.contract.ts';
import type { TaskReminderInput } from './task-reminder.contract.ts';

/** The wing's part of the process map. */
export interface CrmProcesses {
  enrichment: { input: EnrichmentInput; signals: never };
  call: { input: LiveCallInput; signals: 'callChanged' };
  listRefresh: { input: ListRefreshInput; signals: never };
  meeting: { input: TaskReminderInput; signals: 'reminderChanged' };
  task: { input: TaskReminderInput; signals: 'reminderChanged' };
}
