import type { ProcessDefinition } from './process.ts';

export const SERVICE_PROCESSES: readonly ProcessDefinition[] = [];
