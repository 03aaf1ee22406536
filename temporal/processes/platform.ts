import { type ImportUploadInput, uploadChanged } from '../../workflows/platform/import-upload.contract.ts';
import { type InvitationInput, invitationChanged } from '../../workflows/platform/invitation.contract.ts';
import { deliveriesChanged, type WebhookDeliveryInput } from '../../workflows/platform/webhook-delivery.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

const importProcess = defineProcess<ImportUploadInput>({
  name: 'import',
  workflowType: 'importUpload',
  taskQueue: MAIN_QUEUE,
  signals: [uploadChanged],
  entityType: 'upload',
  summary: ({ uploadId, generation }) => `Import of upload ${uploadId}, generation ${generation}`,
  priority: 5,
});

const webhookDeliveryProcess = defineProcess<WebhookDeliveryInput>({
  name: 'webhookDelivery',
  workflowType: 'webhookDelivery',
  taskQueue: MAIN_QUEUE,
  signals: [deliveriesChanged],
  entityType: 'webhookEndpoint',
  summary: ({ endpointId, generation }) => `Deliveries to webhook endpoint ${endpointId}, generation ${generation}`,
  priority: 3,
});

const invitationProcess = defineProcess<InvitationInput>({
  name: 'invitation',
  workflowType: 'invitation',
  taskQueue: MAIN_QUEUE,
  signals: [invitationChanged],
  entityType: 'invitation',
  summary: ({ invitationId, generation }) => `Invitation ${invitationId}, generation ${generation}`,
  priority: 3,
});

export const PLATFORM_PROCESSES: readonly ProcessDefinition[] = [
  importProcess,
  webhookDeliveryProcess,
  invitationProcess,
];
