import type { WingWork, WorkTools } from './work.ts';

export function createAgentWork(_tools: WorkTools): WingWork {
  return { main: {} };
}
