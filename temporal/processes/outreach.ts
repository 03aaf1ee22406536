import {
  type CadenceEnrollmentInput,
  enrollmentChanged,
} from '../../workflows/outreach/cadence-enrollment.contract.ts';
import { type EmailSendInput, emailChanged } from '../../workflows/outreach/email-send.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

const emailSendProcess = defineProcess<EmailSendInput>({
  name: 'emailSend',
  workflowType: 'emailSend',
  taskQueue: MAIN_QUEUE,
  signals: [emailChanged],
  entityType: 'email',
  summary: ({ emailId, generation }) => `Later sending of e-mail ${emailId}, generation ${generation}`,
  priority: 2,
});

const enrollmentProcess = defineProcess<CadenceEnrollmentInput>({
  name: 'enrollment',
  workflowType: 'cadenceEnrollment',
  taskQueue: MAIN_QUEUE,
  signals: [enrollmentChanged],
  entityType: 'enrollment',
  summary: ({ enrollmentId }) => `Cadence enrollment ${enrollmentId}`,
  priority: 3,
});

export const OUTREACH_PROCESSES: readonly ProcessDefinition[] = [emailSendProcess, enrollmentProcess];
