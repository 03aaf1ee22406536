import { defineSignal } from '@temporalio/workflow';

export interface ConversationInput {
  organizationId: string;
  conversationId: string;
  /** Raised by another transcript, which is an execution of its own. */
  generation: number;
}

export interface ConversationResult {
  /** `replaced`: by a newer generation, whose own execution goes on. */
  status: 'completed' | 'failed' | 'replaced' | 'deleted';
}

/** The conversation has changed: look at it. */
export const conversationChanged = defineSignal('conversationChanged');
