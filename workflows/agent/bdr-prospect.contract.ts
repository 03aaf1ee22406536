import { defineSignal } from '@temporalio/workflow';

export interface BdrProspectInput {
  organizationId: string;
  prospectId: string;
  executionId: string;
  /** Raised each time that the agent begins anew with somebody. */
  generation: number;
}

export interface BdrProspectResult {
  /** Why it is over; the execution's row says more. */
  outcome: string;
}

/** Something about the person has changed: a decision, an answer, a stop. Look at the rows. */
export const prospectChanged = defineSignal('prospectChanged');
