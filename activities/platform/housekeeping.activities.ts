import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { purgeExpiredKeys } from '../../services/core/idempotency.ts';

export type HousekeepingActivities = ReturnType<typeof createHousekeepingActivities>;

export function createHousekeepingActivities({ platformDb, clock }: { platformDb: Db; clock: Clock }) {
  return {
    /** Answers how many keys were deleted. */
    housekeepingPurgeIdempotencyKeys: (): Promise<number> => purgeExpiredKeys(platformDb, clock.now()),
  };
}
