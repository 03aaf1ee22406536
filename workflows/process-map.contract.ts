import type { ListRefreshInput } from './crm/list-refresh.contract.ts';
import type { TaskReminderInput } from './crm/task-reminder.contract.ts';
import type { PrivacyRequestInput } from './data/privacy-request.contract.ts';
import type { AttributionRunInput } from './insight/attribution-run.contract.ts';
import type { AttributionScheduleInput } from './insight/attribution-schedule.contract.ts';
import type { ImportUploadInput } from './platform/import-upload.contract.ts';
import type { InvitationInput } from './platform/invitation.contract.ts';
import type { WebhookDeliveryInput } from './platform/webhook-delivery.contract.ts';

/** Every process a command may name: its input and its signals. The name is the first part of the workflow id. */
export interface ProcessMap {
  attribution: { input: AttributionRunInput; signals: 'runCancelled' };
  attributionSchedule: { input: AttributionScheduleInput; signals: never };
  import: { input: ImportUploadInput; signals: 'uploadChanged' };
  listRefresh: { input: ListRefreshInput; signals: never };
  invitation: { input: InvitationInput; signals: 'invitationChanged' };
  meeting: { input: TaskReminderInput; signals: 'reminderChanged' };
  webhookDelivery: { input: WebhookDeliveryInput; signals: 'deliveriesChanged' };
  privacy: { input: PrivacyRequestInput; signals: never };
  task: { input: TaskReminderInput; signals: 'reminderChanged' };
}
