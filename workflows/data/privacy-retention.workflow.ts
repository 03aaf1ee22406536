import { proxyActivities } from '@temporalio/workflow';
import type { PrivacyActivities } from '../../activities/data/privacy.activities.ts';
import type { PrivacyRetentionResult } from './privacy-retention.contract.ts';

const { privacyListRetentions, privacyRetain } = proxyActivities<PrivacyActivities>({
  startToCloseTimeout: '2h',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** Once a day over all organizations that keep texts for a limited time. */
export async function privacyRetention(): Promise<PrivacyRetentionResult> {
  const retentions = await privacyListRetentions();
  let rows = 0;
  for (const retention of retentions) rows += await privacyRetain(retention);
  return { organizations: retentions.length, rows };
}
