import { defineSignal } from '@temporalio/workflow';

export interface IntegrationSyncInput {
  organizationId: string;
  integrationId: string;
  /** Null: a firing of the schedule, which makes its own. */
  syncId: string | null;
  /** A change of ours waits so long for further ones before anything is looked at. */
  settleSeconds?: number;
}

export interface IntegrationSyncResult {
  /** `skipped`: another sync was going on, or nobody may; `superseded`: another attempt has taken over. */
  status: 'completed' | 'failed' | 'cancelled' | 'superseded' | 'skipped';
  syncId: string | null;
}

/** The sync's row has changed: look at it. */
export const syncChanged = defineSignal('syncChanged');
