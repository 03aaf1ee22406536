import { defineSignal } from '@temporalio/workflow';

export interface ImportUploadInput {
  organizationId: string;
  uploadId: string;
  /** Raised by an undo, which is an execution of its own. */
  generation: number;
}

export interface ImportUploadResult {
  /** `ended`: by somebody else, before the process was done. */
  status: 'done' | 'ended' | 'failed';
  rows: number;
}

/** The upload's row has changed: stop the work that is going on. */
export const uploadChanged = defineSignal('uploadChanged');
