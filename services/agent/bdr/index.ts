export { type AgentDeps, advanceProspect, type Progress, type ProspectRun } from './advance.ts';
export {
  type AgentChanges,
  type AgentConfigView,
  configureAgent,
  getAgentConfig,
} from './agent-config.ts';
export {
  type AgentDashboard,
  type Performance,
  readAgentDashboard,
  readAgentPerformance,
} from './agent-figures.ts';
export {
  getExecution,
  listAgentActivities,
  listAgentDecisions,
  listAgentTasks,
  listExecutions,
} from './agent-lists.ts';
export { type AgentProgress, type AgentRun, listDiscovery, tickAgent } from './agent-tick.ts';
export { decideLinkedMessage, getLinkedMessage, readDecisionLink } from './approval-link.ts';
export { type ApprovalView, listApprovals } from './approval-view.ts';
export { approveMessage, editApproval, rejectMessage } from './approvals.ts';
export { BDR_RECORDS } from './bdr-privacy.ts';
export { startProspect, stopProspect } from './executions.ts';
export { AGENT_FIGURES } from './figures.ts';
export { acceptHandoff, rejectHandoff } from './handoff.ts';
export { getHandoff, type HandoffDetail, type HandoffView, listHandoffs } from './handoff-view.ts';
export { pauseAgent, resumeAgent } from './pause.ts';
export { type IncomingReply, receiveReply, recordReply } from './replies.ts';
export { getProspectContext } from './research.ts';
export { messageIsWanted } from './send-message.ts';
export { reportAgents } from './team-metrics.ts';
