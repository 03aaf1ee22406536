import { defineSignal } from '@temporalio/workflow';

export interface LiveCallInput {
  organizationId: string;
  /** Of the row, not the provider's: that one may hold anything. */
  callId: string;
  /** When nothing can be due before; without it the process looks at once, as all did that were started earlier. */
  lookInSeconds?: number;
}

export interface LiveCallResult {
  /** `gone`: the row was removed. */
  status: 'closed' | 'gone';
}

/** The call has ended: look at its row. */
export const callChanged = defineSignal('callChanged');
