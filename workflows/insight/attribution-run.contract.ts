import { defineSignal } from '@temporalio/workflow';

export interface AttributionRunInput {
  organizationId: string;
  runId: string;
  generation: number;
}

export interface AttributionRunResult {
  status: 'completed' | 'cancelled' | 'failed';
  conversions: number;
  attributed: number;
}

/** The run's row was cancelled: stop the statements that still run. */
export const runCancelled = defineSignal('runCancelled');
