import type { BdrAgentInput } from './bdr-agent.contract.ts';
import type { BdrProspectInput } from './bdr-prospect.contract.ts';
import type { ConversationInput } from './conversation-analysis.contract.ts';

/** The wing's part of the process map. */
export interface AgentProcesses {
  bdrAgent: { input: BdrAgentInput; signals: 'agentChanged' };
  bdrProspect: { input: BdrProspectInput; signals: 'prospectChanged' };
  conv: { input: ConversationInput; signals: 'conversationChanged' };
}
