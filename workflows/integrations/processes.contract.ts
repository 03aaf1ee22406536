import type { IntegrationSyncInput } from './integration-sync.contract.ts';

/** The wing's part of the process map. */
export interface IntegrationsProcesses {
  sync: { input: IntegrationSyncInput; signals: 'syncChanged' };
}
