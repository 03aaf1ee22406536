import { defineSignal } from '@temporalio/workflow';

export interface InvitationInput {
  organizationId: string;
  invitationId: string;
  /** Raised by a resend, which is an execution of its own. */
  generation: number;
}

export interface InvitationResult {
  /** `replaced`: by a resend, whose own execution goes on. */
  status: 'accepted' | 'revoked' | 'expired' | 'replaced';
}

/** The invitation's row has changed: look at it. */
export const invitationChanged = defineSignal('invitationChanged');
