import { z } from 'zod';
import { day, id, text } from '../core/shapes.input.ts';
import { STEP_EVENTS, STEP_TYPES } from './cadence.rules.ts';

export const zoneName = () =>
  z.string().refine((name) => {
    try {
      return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
    } catch {
      return false;
    }
  }, 'must be a time zone of the IANA database, like Europe/Berlin');
const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day, like 09:00');
const whole = (min: number, max: number) => z.int().min(min).max(max);

const hours = z
  .strictObject({
    enabled: z.boolean().optional(),
    start: timeOfDay.optional(),
    end: timeOfDay.optional(),
    days: z.array(whole(1, 7)).min(1).max(7).optional().describe('ISO: 1 is Monday'),
  })
  .refine(({ enabled, start, end }) => enabled === false || (start !== undefined && end !== undefined), {
    path: ['start'],
    message: 'and end are required unless enabled is false',
  })
  .refine(({ start, end }) => start === undefined || end === undefined || start < end, {
    path: ['end'],
    message: 'must be later than the start',
  })
  .transform(({ enabled, start, end, days }) =>
    enabled === false || start === undefined || end === undefined
      ? ({ enabled: false } as const)
      : { enabled: true as const, start, end, days: days ?? [1, 2, 3, 4, 5] },
  );

/** Settings of a cadence as people write them. */
export const cadenceSettings = () =>
  z.strictObject({
    businessHours: hours.optional().describe('Steps are done at these hours of the person; absent: at any hour'),
    timezone: zoneName().optional().describe('For people whose own zone is not known; absent: the organization’s'),
    holidays: z.array(day()).max(1_000).optional().describe('Local days without a step'),
    autoPauseOnReply: z.boolean().optional().describe('Default: true'),
    pauseAccountOnReply: z
      .boolean()
      .optional()
      .describe('A reply pauses colleagues of the same account too; default: false'),
    replyPauseDays: whole(1, 365)
      .optional()
      .describe('A pause by a reply ends the enrollment after so many days; default: 30'),
    taskWaitDays: whole(0, 90).optional().describe('How long the next step waits for a task; default: 0'),
    reEnrollAfterDays: whole(0, 3_650)
      .nullish()
      .describe('How long after its end a person may be enrolled anew; null: never; default: 30'),
  });

const stepNumber = whole(1, 50);
const branch = z.union([stepNumber, z.enum(['exit', 'run', 'skip'])]);

export const stepConditions = () =>
  z.strictObject({
    if: z.strictObject({
      event: z.enum(STEP_EVENTS),
      step: stepNumber.optional().describe('Of which step; default: the latest one that was done'),
      within: z
        .string()
        .regex(/^[1-9]\d{0,3}[dh]$/, 'must be a number of days or hours, like 3d or 12h')
        .optional()
        .describe('Counts only so long after that step'),
    }),
    // biome-ignore lint/suspicious/noThenProperty: the name that conditions have on the wire
    then: branch.describe('A step to go on with, to leave, to do this step or to pass over it'),
    else: branch.optional().describe('Default: do this step'),
  });

const subject = () => text(200).describe('Places like {{firstName}} are filled');
const content = () => text(50_000);

export const stepVariants = () =>
  z
    .array(
      z.strictObject({
        name: text(50),
        weight: whole(1, 1_000).default(1),
        subject: subject().optional(),
        content: content().optional(),
        templateId: id().optional(),
      }),
    )
    .max(5, 'must be at most 5');

export const stepFields = {
  stepNumber: stepNumber.optional(),
  type: z.enum(STEP_TYPES),
  delayDays: whole(0, 365).optional().describe('After the step before, by the calendar of the person'),
  delayHours: whole(0, 8_760).optional().describe('In addition'),
  templateId: id().nullish(),
  subject: subject().nullish(),
  content: content().nullish(),
  conditions: stepConditions().nullish(),
  variants: stepVariants().optional().describe('Two or more texts to compare; each person always gets the same one'),
};
