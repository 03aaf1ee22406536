import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { RemovalActivities } from '../../activities/integrations/removals.activities.ts';
import { OUTBOUND_QUEUE } from '../queues.contract.ts';
import type { IntegrationRemovalInput, IntegrationRemovalResult } from './integration-removal.contract.ts';

/** A provider that is away for a day keeps a grant that nobody here can use any more. */
const { removalsRevoke } = proxyActivities<RemovalActivities>({
  taskQueue: OUTBOUND_QUEUE,
  startToCloseTimeout: '60s',
  scheduleToCloseTimeout: '1d',
  retry: { initialInterval: '5s', maximumInterval: '1h' },
});
const { removalsForget } = proxyActivities<RemovalActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** Takes the grant of a removed integration back at its provider, and wipes it here in any case. */
export async function integrationRemoval(input: IntegrationRemovalInput): Promise<IntegrationRemovalResult> {
  const status = await removalsRevoke(input).catch(() => 'forgotten' as const);
  await removalsForget(input);
  setCurrentDetails(`**${status}**`);
  return { status };
}
