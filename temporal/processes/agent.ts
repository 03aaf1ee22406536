import { type ConversationInput, conversationChanged } from '../../workflows/agent/conversation-analysis.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

const conversationProcess = defineProcess<ConversationInput>({
  name: 'conv',
  workflowType: 'conversationAnalysis',
  taskQueue: MAIN_QUEUE,
  signals: [conversationChanged],
  entityType: 'conversation',
  summary: ({ conversationId, generation }) => `Analysis of conversation ${conversationId}, generation ${generation}`,
  priority: 4,
});

export const AGENT_PROCESSES: readonly ProcessDefinition[] = [conversationProcess];
