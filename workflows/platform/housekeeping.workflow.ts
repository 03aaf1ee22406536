import { proxyActivities } from '@temporalio/workflow';
import type { HousekeepingActivities } from '../../activities/platform/housekeeping.activities.ts';
import type { HousekeepingResult } from './housekeeping.contract.ts';

const { housekeepingPurgeIdempotencyKeys } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** One run per hour over all organizations: deletes what has outlived its purpose. */
export async function housekeeping(): Promise<HousekeepingResult> {
  return { expiredIdempotencyKeys: await housekeepingPurgeIdempotencyKeys() };
}
