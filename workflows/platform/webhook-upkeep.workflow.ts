import { proxyActivities } from '@temporalio/workflow';
import type { WebhookUpkeepActivities } from '../../activities/platform/webhook-upkeep.activities.ts';
import type { WebhookUpkeepResult } from './webhook-upkeep.contract.ts';

const { webhookUpkeepRestart, webhookUpkeepPurge } = proxyActivities<WebhookUpkeepActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** Over all organizations: starts deliveries whose process is gone, and clears the log. */
export async function webhookUpkeep(): Promise<WebhookUpkeepResult> {
  return { restarted: await webhookUpkeepRestart(), purged: await webhookUpkeepPurge() };
}
