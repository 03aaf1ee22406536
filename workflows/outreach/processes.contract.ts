import type { BulkEmailJobInput } from './bulk-email-job.contract.ts';
import type { CadenceEnrollmentInput } from './cadence-enrollment.contract.ts';
import type { EmailSendInput } from './email-send.contract.ts';

/** The wing's part of the process map. */
export interface OutreachProcesses {
  bulkEmailJob: { input: BulkEmailJobInput; signals: 'bulkJobChanged' };
  emailSend: { input: EmailSendInput; signals: 'emailChanged' };
  enrollment: { input: CadenceEnrollmentInput; signals: 'enrollmentChanged' };
}
