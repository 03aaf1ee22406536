import { defineSignal } from '@temporalio/workflow';

export interface EmailSendInput {
  organizationId: string;
  emailId: string;
  /** Raised by a repetition after a soft bounce, which is an execution of its own. */
  generation: number;
}

export interface EmailSendResult {
  status: 'released' | 'cancelled' | 'replaced' | 'gone';
}

/** The row has changed: look at it. */
export const emailChanged = defineSignal('emailChanged');
