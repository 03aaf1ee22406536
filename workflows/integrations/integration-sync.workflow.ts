import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { SyncActivities } from '../../activities/integrations/syncs.activities.ts';
import { OUTBOUND_QUEUE } from '../queues.contract.ts';
import { type IntegrationSyncInput, type IntegrationSyncResult, syncChanged } from './integration-sync.contract.ts';

const patient = { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 40 } as const;

const { syncsOpen, syncsFail } = proxyActivities<SyncActivities>({ startToCloseTimeout: '30s', retry: patient });
/** A provider that is away for a quarter of an hour ends the sync; the next one goes on where this one was. */
const { syncsWork } = proxyActivities<SyncActivities>({
  taskQueue: OUTBOUND_QUEUE,
  startToCloseTimeout: '10m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '3m', maximumAttempts: 10 },
});

/** Makes an integration and its provider the same, in slices of a few minutes; where it is stands in the sync's row. */
export async function integrationSync(input: IntegrationSyncInput): Promise<IntegrationSyncResult> {
  let changed = false;
  setHandler(syncChanged, () => {
    changed = true;
  });
  const syncId = input.syncId ?? (await syncsOpen({ ...input, execution: workflowInfo().workflowId }));
  if (syncId === null) return { status: 'skipped', syncId: null };
  const step = { organizationId: input.organizationId, integrationId: input.integrationId, syncId };
  try {
    if (input.settleSeconds !== undefined) await condition(() => changed, `${input.settleSeconds}s`);
    for (;;) {
      // Before the work, not after it: a change that comes meanwhile must not be waited away.
      changed = false;
      const { state, waitSeconds, records } = await syncsWork(step);
      if (state === 'open') {
        setCurrentDetails(`**working** — ${records} records in this slice`);
        continue;
      }
      if (state !== 'waiting') {
        setCurrentDetails(`**${state}**`);
        return { status: state, syncId };
      }
      setCurrentDetails(`**waiting** — the provider wants ${waitSeconds} s`);
      await condition(() => changed, `${waitSeconds}s`);
    }
  } catch (error) {
    return CancellationScope.nonCancellable(() => endUnfinished(step, error));
  }
}

async function endUnfinished(
  step: { organizationId: string; integrationId: string; syncId: string },
  error: unknown,
): Promise<IntegrationSyncResult> {
  const code = isCancellation(error) ? 'CANCELLED' : codeOf(error);
  await syncsFail({ ...step, code });
  return { status: 'failed', syncId: step.syncId };
}

const codeOf = (error: unknown): string =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure
    ? (error.cause.type ?? 'SYNC_FAILED')
    : 'SYNC_FAILED';
