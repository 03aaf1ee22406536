import { defineSignal } from '@temporalio/workflow';

export interface WebhookDeliveryInput {
  organizationId: string;
  endpointId: string;
  /** Raised when a process was lost and another one takes its place. */
  generation: number;
}

export interface WebhookDeliveryResult {
  /** The endpoint was deleted, or another process has taken its place. */
  status: 'ended';
}

/** There is something new to deliver, or the endpoint was changed. */
export const deliveriesChanged = defineSignal('deliveriesChanged');
