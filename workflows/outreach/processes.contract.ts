import type { EmailSendInput } from './email-send.contract.ts';

/** The wing's part of the process map. */
export interface OutreachProcesses {
  emailSend: { input: EmailSendInput; signals: 'emailChanged' };
}
