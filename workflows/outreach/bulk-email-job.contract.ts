import { defineSignal } from '@temporalio/workflow';

export interface BulkEmailJobInput {
  organizationId: string;
  jobId: string;
  generation: number;
}

export interface BulkEmailJobResult {
  status: 'completed' | 'cancelled' | 'failed' | 'replaced' | 'gone';
}

/** The row has changed: look at it. */
export const bulkJobChanged = defineSignal('bulkJobChanged');
