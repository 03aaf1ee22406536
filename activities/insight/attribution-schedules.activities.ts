import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { fireSchedule } from '../../services/insight/index.ts';
import type {
  AttributionScheduleInput,
  AttributionScheduleResult,
} from '../../workflows/insight/attribution-schedule.contract.ts';

export interface AttributionScheduleActivityDeps {
  db: Db;
  clock: Clock;
}

export type AttributionScheduleActivities = ReturnType<typeof createAttributionScheduleActivities>;

export function createAttributionScheduleActivities({ db, clock }: AttributionScheduleActivityDeps) {
  return {
    /** Makes and executes the run of the day that was meant; a repetition finds it. */
    attributionScheduleFire: (
      input: AttributionScheduleInput & { scheduledAt: string },
    ): Promise<AttributionScheduleResult> =>
      inTransaction(
        db,
        { organizationId: input.organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() },
        (ctx) => fireSchedule(ctx, { scheduleId: input.scheduleId, scheduledAt: input.scheduledAt }),
      ),
  };
}
