import { proxyActivities } from '@temporalio/workflow';
import type { HousekeepingActivities } from '../../activities/platform/housekeeping.activities.ts';
import type { HousekeepingResult } from './housekeeping.contract.ts';

const { housekeepingPurgeIdempotencyKeys, housekeepingEndLostRuns } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** Over all organizations: deletes what has outlived its purpose and ends what nobody works on any more. */
export async function housekeeping(): Promise<HousekeepingResult> {
  const expiredIdempotencyKeys = await housekeepingPurgeIdempotencyKeys();
  return { expiredIdempotencyKeys, lostRuns: await housekeepingEndLostRuns() };
}
