import { attributionProcess } from './insight.ts';
import type { ProcessDefinition } from './process.ts';

/** Every process that a command may name. */
export const PROCESSES: readonly ProcessDefinition[] = [attributionProcess];
