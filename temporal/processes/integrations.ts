import type { IntegrationRemovalInput } from '../../workflows/integrations/integration-removal.contract.ts';
import { type IntegrationSyncInput, syncChanged } from '../../workflows/integrations/integration-sync.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

/** Asked for by people, webhooks and new connections with a number of its own; by the integration's schedule without. */
export const syncProcess = defineProcess<IntegrationSyncInput>({
  name: 'sync',
  workflowType: 'integrationSync',
  taskQueue: MAIN_QUEUE,
  signals: [syncChanged],
  entityType: 'integration',
  summary: ({ integrationId, syncId }) => `Sync ${syncId ?? 'by schedule'} of integration ${integrationId}`,
  priority: 3,
});

export const removalProcess = defineProcess<IntegrationRemovalInput>({
  name: 'integrationRemoval',
  workflowType: 'integrationRemoval',
  taskQueue: MAIN_QUEUE,
  entityType: 'integration',
  summary: ({ integrationId }) => `Removal of integration ${integrationId}`,
  priority: 5,
});

export const INTEGRATIONS_PROCESSES: readonly ProcessDefinition[] = [removalProcess, syncProcess];
