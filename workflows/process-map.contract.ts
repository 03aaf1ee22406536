import type { AttributionRunInput } from './insight/attribution-run.contract.ts';

/** Every process a command may name: its input and its signals. The name is the first part of the workflow id. */
export interface ProcessMap {
  attribution: { input: AttributionRunInput; signals: 'runCancelled' };
}
