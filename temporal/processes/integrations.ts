import type { ProcessDefinition } from './process.ts';

export const INTEGRATIONS_PROCESSES: readonly ProcessDefinition[] = [];
