import type { IntegrationRemovalInput } from './integration-removal.contract.ts';
import type { IntegrationSyncInput } from './integration-sync.contract.ts';

/** The wing's part of the process map. */
export interface IntegrationsProcesses {
  integrationRemoval: { input: IntegrationRemovalInput; signals: never };
  sync: { input: IntegrationSyncInput; signals: 'syncChanged' };
}
