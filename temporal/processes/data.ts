import { PRIVACY_QUEUE, type PrivacyRequestInput } from '../../workflows/data/privacy-request.contract.ts';
import { defineProcess } from './process.ts';

export const privacyProcess = defineProcess<PrivacyRequestInput>({
  name: 'privacy',
  workflowType: 'privacyRequest',
  taskQueue: PRIVACY_QUEUE,
  entityType: 'privacy_request',
  summary: ({ requestId }) => `Privacy request ${requestId}`,
  priority: 3,
});
