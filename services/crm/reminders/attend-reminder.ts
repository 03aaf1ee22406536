import { meetingReminderStep, taskReminderStep } from '../../../domain/crm/reminder.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { meetingReminder, taskDueSoon, taskOverdue } from '../events.ts';

export interface ReminderTarget {
  entity: 'task' | 'meeting';
  entityId: string;
  generation: number;
}

/** `replaced`: by a new date, whose own execution goes on; `told`: nothing is left to remind of. */
export type ReminderAttention =
  | { readonly status: 'waiting'; readonly waitSeconds: number }
  | { readonly status: 'told' | 'closed' | 'deleted' | 'replaced' };

/** One look of the process: tells what is due, and says when to look again. Repeating it tells nothing twice. */
export const attendReminder = (ctx: Ctx, target: ReminderTarget): Promise<ReminderAttention> =>
  target.entity === 'task' ? attendTask(ctx, target) : attendMeeting(ctx, target);

async function attendTask(ctx: Ctx, { entityId: id, generation }: ReminderTarget): Promise<ReminderAttention> {
  const row = await ctx.tx
    .selectFrom('tasks')
    .select(['status', 'generation', 'due_at', 'due_soon_notified_at', 'overdue_notified_at', 'deleted_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row || row.deleted_at !== null) return { status: 'deleted' };
  if (row.generation !== generation) return { status: 'replaced' };
  if (row.status !== 'open') return { status: 'closed' };
  const step = taskReminderStep(
    {
      dueAt: row.due_at,
      dueSoonTold: row.due_soon_notified_at !== null,
      overdueTold: row.overdue_notified_at !== null,
    },
    ctx.now,
  );
  if (step.kind === 'wait') return waiting(ctx, step.until);
  if (step.kind === 'end') return { status: 'told' };
  const dueSoon = step.kind === 'due_soon';
  await ctx.tx
    .updateTable('tasks')
    .set(dueSoon ? { due_soon_notified_at: ctx.now } : { overdue_notified_at: ctx.now })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  await emit(ctx, dueSoon ? taskDueSoon : taskOverdue, { entityId: id, data: { id } });
  return dueSoon ? waiting(ctx, row.due_at!) : { status: 'told' };
}

async function attendMeeting(ctx: Ctx, { entityId: id, generation }: ReminderTarget): Promise<ReminderAttention> {
  const row = await ctx.tx
    .selectFrom('meetings')
    .select(['status', 'generation', 'starts_at', 'ends_at', 'reminder_minutes', 'reminded_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return { status: 'deleted' };
  if (row.generation !== generation) return { status: 'replaced' };
  if (row.status !== 'scheduled') return { status: 'closed' };
  const step = meetingReminderStep(
    {
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      reminderMinutes: row.reminder_minutes,
      reminded: row.reminded_at !== null,
    },
    ctx.now,
  );
  if (step.kind === 'wait') return waiting(ctx, step.until);
  if (step.kind === 'end') return { status: 'told' };
  await ctx.tx
    .updateTable('meetings')
    .set({ reminded_at: ctx.now })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  await emit(ctx, meetingReminder, { entityId: id, data: { id } });
  return { status: 'told' };
}

/** Rounded up, so that the next look does not come a moment too early. */
const waiting = (ctx: Ctx, until: Date): ReminderAttention => ({
  status: 'waiting',
  waitSeconds: Math.max(1, Math.ceil((until.getTime() - ctx.now.getTime()) / 1000)),
});
