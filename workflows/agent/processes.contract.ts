import type { ConversationInput } from './conversation-analysis.contract.ts';

/** The wing's part of the process map. */
export interface AgentProcesses {
  conv: { input: ConversationInput; signals: 'conversationChanged' };
}
