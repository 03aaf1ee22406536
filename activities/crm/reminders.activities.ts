import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { attendReminder, type ReminderAttention } from '../../services/crm/index.ts';
import type { TaskReminderInput } from '../../workflows/crm/task-reminder.contract.ts';

export type ReminderActivities = ReturnType<typeof createReminderActivities>;

export interface RemindersDeps {
  db: Db;
  clock: Clock;
  faultPoint: FaultPoint;
}

export function createReminderActivities({ db, clock, faultPoint }: RemindersDeps) {
  return {
    /** Tells what is due of a task or meeting and says when to look again. */
    remindersAttend: async ({ organizationId, ...target }: TaskReminderInput): Promise<ReminderAttention> => {
      await faultPoint('reminder.before-attend');
      const attention = await inTransaction(
        db,
        { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() },
        (ctx) => attendReminder(ctx, target),
      );
      await faultPoint('reminder.after-attend');
      return attention;
    },
  };
}
