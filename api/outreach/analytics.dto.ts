import { z } from 'zod';
import { STEP_TYPES } from '../../domain/outreach/cadence.rules.ts';
import { id, reportDay } from '../http/schemas.ts';

export const rangeQuery = {
  startDate: reportDay()
    .optional()
    .describe('First day, in the organization’s time zone; default: 29 days before the last'),
  endDate: reportDay().optional().describe('Last day; default: today'),
};
export const whoseQuery = { ...rangeQuery, userId: id().optional(), teamId: id().optional() };

export const period = { startDate: z.string(), endDate: z.string(), timeZone: z.string() };
const share = () => z.number().nullable();
export const counts = {
  sent: z.number(),
  delivered: z.number().describe('Sent and not bounced'),
  opened: z.number().describe('By people'),
  clicked: z.number().describe('By people'),
  replied: z.number(),
  bounced: z.number(),
  unsubscribed: z.number(),
  openRate: share(),
  clickRate: share(),
  replyRate: share(),
  bounceRate: share(),
};

export const Experiment = z
  .strictObject({
    cadenceId: id(),
    cadenceName: z.string(),
    stepId: id(),
    stepNumber: z.number(),
    metric: z.enum(['replied', 'opened']),
    verdict: z.enum(['significant', 'not_significant', 'too_few']),
    winner: z.string().nullable().describe('Differs from every other one at 5 %, divided by the number of comparisons'),
    variants: z.array(
      z.strictObject({
        name: z.string(),
        trials: z.number(),
        successes: z.number(),
        rate: share(),
        pValue: share().describe('Two-sided, against the first one; null where there is too little to say'),
        isSignificant: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'StepExperiment' });

export const CadenceAnalytics = z
  .strictObject({
    cadenceId: id(),
    enrolled: z.number(),
    enrollments: z.strictObject({
      active: z.number(),
      paused: z.number(),
      completed: z.number(),
      exited: z.number(),
      unenrolled: z.number(),
    }),
    replied: z.number(),
    replyRate: share(),
    exits: z.record(z.string(), z.number()).describe('People who left before the end, by reason'),
    steps: z.array(
      z.strictObject({
        stepId: id(),
        stepNumber: z.number(),
        type: z.enum(STEP_TYPES),
        isCurrent: z.boolean().describe('False: deleted since'),
        reached: z.number(),
        skipped: z.number(),
        tasks: z.number(),
        tasksCompleted: z.number(),
        ...counts,
      }),
    ),
    experiments: z.array(Experiment),
  })
  .meta({ id: 'CadenceAnalytics' });

export const activity = {
  callsMade: z.number(),
  emailsSent: z.number(),
  meetingsScheduled: z.number(),
  linkedinMessages: z.number(),
  smsSent: z.number(),
  tasksCompleted: z.number(),
};
export const email = { ...counts, suppressed: z.number(), failed: z.number() };
export const pipeline = {
  pipeline: z
    .array(z.strictObject({ currency: z.string(), value: z.string(), deals: z.number() }))
    .describe('Deals that are open now'),
  won: z.number(),
  lost: z.number(),
  winRate: share(),
  averageDealSize: z.array(z.strictObject({ currency: z.string(), amount: z.string() })),
  salesCycleDays: share(),
};
