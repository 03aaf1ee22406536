import type { CadenceEnrollmentInput } from './cadence-enrollment.contract.ts';
import type { EmailSendInput } from './email-send.contract.ts';

/** The wing's part of the process map. */
export interface OutreachProcesses {
  emailSend: { input: EmailSendInput; signals: 'emailChanged' };
  enrollment: { input: CadenceEnrollmentInput; signals: 'enrollmentChanged' };
}
