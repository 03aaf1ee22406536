import type { ProcessDefinition } from './process.ts';

export const AGENT_PROCESSES: readonly ProcessDefinition[] = [];
