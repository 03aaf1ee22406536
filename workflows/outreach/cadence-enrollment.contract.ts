import { defineSignal } from '@temporalio/workflow';

export interface CadenceEnrollmentInput {
  organizationId: string;
  enrollmentId: string;
}

export interface CadenceEnrollmentResult {
  /** Why the enrollment ended. */
  reason: string;
}

/** The row has changed: look at it. */
export const enrollmentChanged = defineSignal('enrollmentChanged');
