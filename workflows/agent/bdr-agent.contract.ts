import { defineSignal } from '@temporalio/workflow';

export interface BdrAgentInput {
  organizationId: string;
  teamId: string;
  /** Raised each time that the agent is switched on. */
  generation: number;
}

export interface BdrAgentResult {
  /** Switched off, or switched on anew under another generation. */
  status: 'ended';
}

/** The configuration was changed, or the agent paused or resumed. */
export const agentChanged = defineSignal('agentChanged');
