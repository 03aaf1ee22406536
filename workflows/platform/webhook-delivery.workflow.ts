import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { WebhookActivities } from '../../activities/platform/webhooks.activities.ts';
import { OUTBOUND_QUEUE } from '../queues.contract.ts';
import {
  deliveriesChanged,
  type WebhookDeliveryInput,
  type WebhookDeliveryResult,
} from './webhook-delivery.contract.ts';

// No end to the attempts: a process that gave up would leave its endpoint without one.
const { webhooksDeliver } = proxyActivities<WebhookActivities>({
  taskQueue: OUTBOUND_QUEUE,
  startToCloseTimeout: '5m',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/**
 * Delivers to one endpoint as long as it exists: works off what is due, then sleeps until the next attempt of something
 * is due or something new is told of. What there is to do stands in the rows.
 */
export async function webhookDelivery(input: WebhookDeliveryInput): Promise<WebhookDeliveryResult> {
  let changed = false;
  setHandler(deliveriesChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const { state, waitMs } = await webhooksDeliver(input);
    if (state === 'gone') return { status: 'ended' };
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof webhookDelivery>(input);
    if (state === 'open') continue;
    setCurrentDetails(waitMs === null ? '**asleep**' : '**waiting** for the next attempt');
    if (waitMs === null) await condition(() => changed);
    else await condition(() => changed, Math.max(waitMs, 1));
    setCurrentDetails('**delivering**');
  }
}
