import { defineSignal } from '@temporalio/workflow';

/** One process for tasks and meetings: both wait for a time that may be moved. */
export interface TaskReminderInput {
  organizationId: string;
  entity: 'task' | 'meeting';
  entityId: string;
  /** Raised by a new date, which is an execution of its own. */
  generation: number;
}

export interface TaskReminderResult {
  /** `replaced`: by a new date, whose own execution goes on; `told`: nothing is left to remind of. */
  status: 'told' | 'closed' | 'deleted' | 'replaced';
}

/** The row has changed: look at it. */
export const reminderChanged = defineSignal('reminderChanged');
