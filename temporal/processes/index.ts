import { AGENT_PROCESSES } from './agent.ts';
import { CRM_PROCESSES } from './crm.ts';
import { DATA_PROCESSES } from './data.ts';
import { INSIGHT_PROCESSES } from './insight.ts';
import { INTEGRATIONS_PROCESSES } from './integrations.ts';
import { OUTREACH_PROCESSES } from './outreach.ts';
import { PLATFORM_PROCESSES } from './platform.ts';
import type { ProcessDefinition } from './process.ts';
import { SERVICE_PROCESSES } from './service.ts';

/** Every process that a command may name. */
export const PROCESSES: readonly ProcessDefinition[] = [
  ...PLATFORM_PROCESSES,
  ...DATA_PROCESSES,
  ...CRM_PROCESSES,
  ...OUTREACH_PROCESSES,
  ...AGENT_PROCESSES,
  ...INSIGHT_PROCESSES,
  ...SERVICE_PROCESSES,
  ...INTEGRATIONS_PROCESSES,
];
