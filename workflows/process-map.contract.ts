import type { AgentProcesses } from './agent/processes.contract.ts';
import type { CrmProcesses } from './crm/processes.contract.ts';
import type { DataProcesses } from './data/processes.contract.ts';
import type { InsightProcesses } from './insight/processes.contract.ts';
import type { IntegrationsProcesses } from './integrations/processes.contract.ts';
import type { OutreachProcesses } from './outreach/processes.contract.ts';
import type { PlatformProcesses } from './platform/processes.contract.ts';
import type { ServiceProcesses } from './service/processes.contract.ts';

/** Every process a command may name: its input and its signals. The name is the first part of the workflow id. */
export type ProcessMap = PlatformProcesses &
  DataProcesses &
  CrmProcesses &
  OutreachProcesses &
  AgentProcesses &
  InsightProcesses &
  ServiceProcesses &
  IntegrationsProcesses;
