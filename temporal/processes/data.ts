import type { PrivacyRequestInput } from '../../workflows/data/privacy-request.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

const privacyProcess = defineProcess<PrivacyRequestInput>({
  name: 'privacy',
  workflowType: 'privacyRequest',
  taskQueue: MAIN_QUEUE,
  entityType: 'privacy_request',
  summary: ({ requestId }) => `Privacy request ${requestId}`,
  priority: 3,
});

export const DATA_PROCESSES: readonly ProcessDefinition[] = [privacyProcess];
