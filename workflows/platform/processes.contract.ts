import type { ImportUploadInput } from './import-upload.contract.ts';
import type { InvitationInput } from './invitation.contract.ts';
import type { WebhookDeliveryInput } from './webhook-delivery.contract.ts';

/** The wing's part of the process map. */
export interface PlatformProcesses {
  import: { input: ImportUploadInput; signals: 'uploadChanged' };
  invitation: { input: InvitationInput; signals: 'invitationChanged' };
  webhookDelivery: { input: WebhookDeliveryInput; signals: 'deliveriesChanged' };
}
