import { listRefreshProcess, meetingProcess, taskProcess } from './crm.ts';
import { privacyProcess } from './data.ts';
import { attributionProcess, attributionScheduleProcess } from './insight.ts';
import { importProcess, invitationProcess, webhookDeliveryProcess } from './platform.ts';
import type { ProcessDefinition } from './process.ts';

/** Every process that a command may name. */
export const PROCESSES: readonly ProcessDefinition[] = [
  attributionProcess,
  importProcess,
  listRefreshProcess,
  attributionScheduleProcess,
  invitationProcess,
  meetingProcess,
  privacyProcess,
  taskProcess,
  webhookDeliveryProcess,
];
