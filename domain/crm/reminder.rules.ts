/** How long before its due time a task is told of as due soon. */
export const DUE_SOON_MS = 3_600_000;

export interface TaskReminders {
  readonly dueAt: Date | null;
  readonly dueSoonTold: boolean;
  readonly overdueTold: boolean;
}

export type ReminderStep<Kind extends string> =
  | { readonly kind: Kind }
  | { readonly kind: 'end' }
  | { readonly kind: 'wait'; readonly until: Date };

/** What is to be told of an open task now. Once it is overdue, nobody is told any more that it is due soon. */
export function taskReminderStep(task: TaskReminders, now: Date): ReminderStep<'due_soon' | 'overdue'> {
  const { dueAt, dueSoonTold, overdueTold } = task;
  if (dueAt === null || overdueTold) return { kind: 'end' };
  if (dueAt <= now) return { kind: 'overdue' };
  if (dueSoonTold) return { kind: 'wait', until: dueAt };
  const lead = new Date(dueAt.getTime() - DUE_SOON_MS);
  return lead <= now ? { kind: 'due_soon' } : { kind: 'wait', until: lead };
}

export interface MeetingReminders {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reminderMinutes: number;
  readonly reminded: boolean;
}

/** What is to be told of a scheduled meeting now: late is better than never, but not once it is over. */
export function meetingReminderStep(meeting: MeetingReminders, now: Date): ReminderStep<'remind'> {
  if (meeting.reminded || meeting.endsAt <= now) return { kind: 'end' };
  const at = new Date(meeting.startsAt.getTime() - meeting.reminderMinutes * 60_000);
  return at <= now ? { kind: 'remind' } : { kind: 'wait', until: at };
}
