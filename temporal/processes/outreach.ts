import { type BulkEmailJobInput, bulkJobChanged } from '../../workflows/outreach/bulk-email-job.contract.ts';
import {
  type CadenceEnrollmentInput,
  enrollmentChanged,
} from '../../workflows/outreach/cadence-enrollment.contract.ts';
import { type EmailSendInput, emailChanged } from '../../workflows/outreach/email-send.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

const bulkEmailJobProcess = defineProcess<BulkEmailJobInput>({
  name: 'bulkEmailJob',
  workflowType: 'bulkEmailJob',
  taskQueue: MAIN_QUEUE,
  signals: [bulkJobChanged],
  entityType: 'bulkEmailJob',
  summary: ({ jobId, generation }) => `Mailing ${jobId}, generation ${generation}`,
  priority: 5,
});

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
  foundById: true,
  priority: 3,
});

export const OUTREACH_PROCESSES: readonly ProcessDefinition[] = [
  bulkEmailJobProcess,
  emailSendProcess,
  enrollmentProcess,
];
