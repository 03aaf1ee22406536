import { z } from 'zod';
import { stepConditions, stepVariants } from '../../domain/outreach/cadence.input.ts';
import { ENROLLMENT_STATUSES, PAUSE_REASONS, STEP_OUTCOMES, STEP_TYPES } from '../../domain/outreach/cadence.rules.ts';
import type { CadenceView, CadenceDetail as Detail, StepView } from '../../services/outreach/cadences/index.ts';
import { id, timestamp } from '../http/schemas.ts';

export const Step = z
  .strictObject({
    id: id(),
    cadenceId: id(),
    stepNumber: z.number(),
    type: z.enum(STEP_TYPES),
    delayDays: z.number(),
    delayHours: z.number(),
    templateId: id().nullable(),
    subject: z.string().nullable(),
    content: z.string().nullable(),
    conditions: stepConditions().nullable(),
    variants: stepVariants(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'CadenceStep' });

const fields = {
  id: id(),
  name: z.string(),
  description: z.string().nullable(),
  isActive: z.boolean(),
  settings: z.record(z.string(), z.unknown()).describe('As they were given'),
  teamId: id().nullable(),
  createdBy: id().nullable(),
  stepCount: z.number(),
  enrollments: z.strictObject({
    active: z.number(),
    paused: z.number(),
    completed: z.number(),
    exited: z.number(),
    unenrolled: z.number(),
  }),
  repliedCount: z.number().describe('People who have replied'),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
export const Cadence = z.strictObject(fields).meta({ id: 'Cadence' });
export const CadenceDetail = z.strictObject({ ...fields, steps: z.array(Step) }).meta({ id: 'CadenceDetail' });

export const toStep = (step: StepView): z.output<typeof Step> => ({
  ...step,
  variants: step.variants.map((variant) => ({ ...variant })),
});
export const toCadence = (cadence: CadenceView): z.output<typeof Cadence> => ({
  ...cadence,
  settings: { ...cadence.settings },
});
export const toDetail = (cadence: Detail): z.output<typeof CadenceDetail> => ({
  ...cadence,
  settings: { ...cadence.settings },
  steps: cadence.steps.map(toStep),
});

const enrollment = {
  id: id(),
  cadenceId: id(),
  prospectId: id(),
  prospectName: z.string().nullable(),
  userId: id().nullable().describe('In whose name'),
  status: z.enum(ENROLLMENT_STATUSES),
  nextStepNumber: z.number().nullable(),
  nextRunAt: timestamp().nullable(),
  heldBy: z.string().nullable().describe('The rule of contact that holds the next step back'),
  stepsDone: z.number(),
  pauseReason: z.enum(PAUSE_REASONS).nullable(),
  pausedAt: timestamp().nullable(),
  pausedUntil: timestamp().nullable(),
  repliedAt: timestamp().nullable(),
  endReason: z.string().nullable(),
  endedAt: timestamp().nullable(),
  enrolledBy: id().nullable(),
  enrolledAt: timestamp(),
};
export const Enrollment = z.strictObject(enrollment).meta({ id: 'CadenceEnrollment' });
export const EnrollmentDetail = z
  .strictObject({
    ...enrollment,
    history: z.array(
      z.strictObject({
        id: id(),
        stepId: id(),
        stepNumber: z.number(),
        type: z.enum(STEP_TYPES),
        outcome: z.enum(STEP_OUTCOMES),
        rule: z.string().nullable().describe('Why it was passed over'),
        variant: z.string().nullable(),
        dueAt: timestamp(),
        executedAt: timestamp(),
        emailId: id().nullable(),
        emailStatus: z.string().nullable(),
        openedAt: timestamp().nullable(),
        clickedAt: timestamp().nullable(),
        repliedAt: timestamp().nullable(),
        sendId: id().nullable(),
        sendState: z.string().nullable(),
        taskId: id().nullable(),
        taskCompletedAt: timestamp().nullable(),
      }),
    ),
  })
  .meta({ id: 'CadenceEnrollmentDetail' });
