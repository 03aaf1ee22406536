import { defineEvent } from '../core/events.ts';

export const integrationNeedsReauth = defineEvent<{ id: string }>('integration.needs_reauth', 'integration');
export const integrationRemoved = defineEvent<{ id: string; provider: string }>('integration.removed', 'integration');
export const integrationSyncCompleted = defineEvent<{ integrationId: string; syncId: string; records: number }>(
  'integration.sync_completed',
  'integration_sync',
);
export const integrationSyncFailed = defineEvent<{ integrationId: string; syncId: string; code: string }>(
  'integration.sync_failed',
  'integration_sync',
);
