import {
  IMPORT_QUEUE,
  type ImportUploadInput,
  uploadChanged,
} from '../../workflows/platform/import-upload.contract.ts';
import {
  INVITATION_QUEUE,
  type InvitationInput,
  invitationChanged,
} from '../../workflows/platform/invitation.contract.ts';
import {
  deliveriesChanged,
  WEBHOOK_DELIVERY_QUEUE,
  type WebhookDeliveryInput,
} from '../../workflows/platform/webhook-delivery.contract.ts';
import { defineProcess } from './process.ts';

export const importProcess = defineProcess<ImportUploadInput>({
  name: 'import',
  workflowType: 'importUpload',
  taskQueue: IMPORT_QUEUE,
  signals: [uploadChanged],
  entityType: 'upload',
  summary: ({ uploadId, generation }) => `Import of upload ${uploadId}, generation ${generation}`,
  priority: 5,
});

export const webhookDeliveryProcess = defineProcess<WebhookDeliveryInput>({
  name: 'webhookDelivery',
  workflowType: 'webhookDelivery',
  taskQueue: WEBHOOK_DELIVERY_QUEUE,
  signals: [deliveriesChanged],
  entityType: 'webhookEndpoint',
  summary: ({ endpointId, generation }) => `Deliveries to webhook endpoint ${endpointId}, generation ${generation}`,
  priority: 3,
});

export const invitationProcess = defineProcess<InvitationInput>({
  name: 'invitation',
  workflowType: 'invitation',
  taskQueue: INVITATION_QUEUE,
  signals: [invitationChanged],
  entityType: 'invitation',
  summary: ({ invitationId, generation }) => `Invitation ${invitationId}, generation ${generation}`,
  priority: 3,
});
