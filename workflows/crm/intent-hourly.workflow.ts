import { proxyActivities } from '@temporalio/workflow';
import type { IntentActivities } from '../../activities/crm/intent.activities.ts';
import type { IntentHourlyResult } from './intent-hourly.contract.ts';

const { intentCatchUp, intentExpire, intentDecay } = proxyActivities<IntentActivities>({
  startToCloseTimeout: '45m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** Over all organizations: interest fades while nothing happens, and nobody tells of it. */
export async function intentHourly(): Promise<IntentHourlyResult> {
  await intentCatchUp();
  const expired = await intentExpire();
  return { expired, changed: await intentDecay() };
}
