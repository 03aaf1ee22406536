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

export const ATTRIBUTION_RUN_QUEUE = 'revloop';
/** Long set-based statements run apart from short activities. */
export const BULK_QUEUE = 'act-bulk';
