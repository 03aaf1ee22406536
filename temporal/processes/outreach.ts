import type { ProcessDefinition } from './process.ts';

export const OUTREACH_PROCESSES: readonly ProcessDefinition[] = [];
