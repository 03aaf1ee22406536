import { proxyActivities, setCurrentDetails, sleep } from '@temporalio/workflow';
import type { EnrichmentActivities } from '../../activities/crm/enrichment.activities.ts';
import type { EnrichmentProviderCode } from '../../domain/crm/enrichment.rules.ts';
import { OUTBOUND_QUEUE } from '../queues.contract.ts';
import type { EnrichmentInput, EnrichmentResult } from './enrichment.contract.ts';

const { enrichmentPlan, enrichmentGiveUp, enrichmentFinish } = proxyActivities<EnrichmentActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});
// A provider that is down costs the request that provider alone: after these attempts the next one is asked.
const { enrichmentLookUp } = proxyActivities<EnrichmentActivities>({
  taskQueue: OUTBOUND_QUEUE,
  startToCloseTimeout: '45s',
  retry: { initialInterval: '2s', maximumInterval: '60s', maximumAttempts: 5 },
});

/** Waits for one provider's limit; longer ones are as good as a provider that is down. */
const MOST_WAITS = 20;

/** Looks records up at the providers, one after the other, until nothing is missing: a waterfall for each record. */
export async function enrichment(input: EnrichmentInput): Promise<EnrichmentResult> {
  const plan = await enrichmentPlan(input);
  if (plan.status === 'ended') return { status: plan.result };
  for (const [index, targetId] of plan.targetIds.entries()) {
    setCurrentDetails(`**running** — record ${index + 1} of ${plan.targetIds.length}`);
    for (const provider of plan.providers) {
      if (await isComplete({ ...input, targetId, provider })) break;
    }
  }
  const status = await enrichmentFinish(input);
  setCurrentDetails(`**${status}**`);
  return { status };
}

async function isComplete(place: EnrichmentInput & { targetId: string; provider: EnrichmentProviderCode }) {
  for (let waits = 0; ; waits++) {
    try {
      const step = await enrichmentLookUp(place);
      if (step.status !== 'limited') return step.status === 'complete';
      if (waits === MOST_WAITS) break;
      await sleep(step.waitSeconds * 1_000);
    } catch {
      break;
    }
  }
  await enrichmentGiveUp(place);
  return false;
}
