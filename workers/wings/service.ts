import type { WingWork, WorkTools } from './work.ts';

export function createServiceWork(_tools: WorkTools): WingWork {
  return { main: {} };
}
