import { agentChanged, type BdrAgentInput } from '../../workflows/agent/bdr-agent.contract.ts';
import { type BdrProspectInput, prospectChanged } from '../../workflows/agent/bdr-prospect.contract.ts';
import { type ConversationInput, conversationChanged } from '../../workflows/agent/conversation-analysis.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

const bdrAgentProcess = defineProcess<BdrAgentInput>({
  name: 'bdrAgent',
  workflowType: 'bdrAgent',
  taskQueue: MAIN_QUEUE,
  signals: [agentChanged],
  entityType: 'team',
  summary: ({ teamId, generation }) => `Agent of team ${teamId}, generation ${generation}`,
  priority: 4,
});

const bdrProspectProcess = defineProcess<BdrProspectInput>({
  name: 'bdrProspect',
  workflowType: 'bdrProspect',
  taskQueue: MAIN_QUEUE,
  signals: [prospectChanged],
  entityType: 'prospect',
  summary: ({ prospectId, generation }) => `Agent on prospect ${prospectId}, generation ${generation}`,
  priority: 4,
});

const conversationProcess = defineProcess<ConversationInput>({
  name: 'conv',
  workflowType: 'conversationAnalysis',
  taskQueue: MAIN_QUEUE,
  signals: [conversationChanged],
  entityType: 'conversation',
  summary: ({ conversationId, generation }) => `Analysis of conversation ${conversationId}, generation ${generation}`,
  priority: 4,
});

export const AGENT_PROCESSES: readonly ProcessDefinition[] = [bdrAgentProcess, bdrProspectProcess, conversationProcess];
