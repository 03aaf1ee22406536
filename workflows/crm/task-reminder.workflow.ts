import { condition, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { ReminderActivities } from '../../activities/crm/reminders.activities.ts';
import { reminderChanged, type TaskReminderInput, type TaskReminderResult } from './task-reminder.contract.ts';

/** A reminder outlives any outage: it is attended to for as long as it takes. */
const { remindersAttend } = proxyActivities<ReminderActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** Tells of a task that is due soon or overdue, or of a meeting that begins soon; its row says where it stands. */
export async function taskReminder(input: TaskReminderInput): Promise<TaskReminderResult> {
  let changed = false;
  setHandler(reminderChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await remindersAttend(input);
    if (next.status !== 'waiting') {
      setCurrentDetails(`**${next.status}**`);
      return { status: next.status };
    }
    setCurrentDetails(`**waiting** — next look in ${next.waitSeconds} s`);
    await condition(() => changed, `${next.waitSeconds}s`);
  }
}
