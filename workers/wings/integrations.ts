import type { WingWork, WorkTools } from './work.ts';

export function createIntegrationsWork(_tools: WorkTools): WingWork {
  return { main: {} };
}
