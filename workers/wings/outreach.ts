import type { WingWork, WorkTools } from './work.ts';

export function createOutreachWork(_tools: WorkTools): WingWork {
  return { main: {} };
}
