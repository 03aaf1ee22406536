import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  patched,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { AttributionActivities } from '../../activities/insight/attribution.activities.ts';
import { BULK_QUEUE } from '../queues.contract.ts';
import { type AttributionRunInput, type AttributionRunResult, runCancelled } from './attribution-run.contract.ts';

const retry = { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 40 } as const;

/** The run's row says `running` until it is told otherwise, so telling it is never given up. */
const withoutEnd = { initialInterval: '1s', maximumInterval: '60s' } as const;

const { attributionPublish } = proxyActivities<AttributionActivities>({ startToCloseTimeout: '30s', retry });
const { attributionFail } = proxyActivities<AttributionActivities>({ startToCloseTimeout: '30s', retry: withoutEnd });

const bulk = {
  taskQueue: BULK_QUEUE,
  startToCloseTimeout: '30m',
  heartbeatTimeout: '20s',
  // A cancelled statement has to be over before its rows are cleared away.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
} as const;
const { attributionPlan, attributionLearn, attributionComputePartition, attributionSummarize } =
  proxyActivities<AttributionActivities>({ ...bulk, retry });
const { attributionPurge } = proxyActivities<AttributionActivities>({ ...bulk, retry: withoutEnd });

/** More would only queue up at the database; fewer would leave it idle between two activities. */
const PARTITIONS_AT_ONCE = 3;

/** Computes one generation of a run in partitions, then publishes it; ends early when the run's row says so. */
export async function attributionRun(input: AttributionRunInput): Promise<AttributionRunResult> {
  const computation = new CancellationScope();
  setHandler(runCancelled, () => computation.cancel());

  const result = await computation
    .run(() => compute(input))
    .catch((error: unknown) => CancellationScope.nonCancellable(() => endUnfinished(input, error)));
  await CancellationScope.nonCancellable(() => attributionPurge(input));
  // Dashboards read the rows until their sums are there.
  if (result.status === 'completed' && patched('summaries')) {
    await CancellationScope.nonCancellable(() => attributionSummarize(input));
  }
  setCurrentDetails(`**${result.status}** — ${result.attributed} of ${result.conversions} conversions attributed`);
  return result;
}

async function compute(input: AttributionRunInput): Promise<AttributionRunResult> {
  setCurrentDetails('**planning** — cutting the conversions into partitions');
  const plan = await attributionPlan(input);
  if (plan === null) return cancelled;
  if (plan.learns) {
    setCurrentDetails('**learning** — reading the journeys of data-driven models');
    const outcome = await attributionLearn(input);
    if (outcome !== 'learned') return { ...cancelled, status: outcome === 'refused' ? 'failed' : 'cancelled' };
  }
  await computePartitions(input, plan.partitions);
  setCurrentDetails('**publishing** — all partitions are computed');
  const published = await attributionPublish(input);
  return published ? { status: 'completed', ...published } : cancelled;
}

const cancelled: AttributionRunResult = { status: 'cancelled', conversions: 0, attributed: 0 };

async function computePartitions(input: AttributionRunInput, partitions: number): Promise<void> {
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < partitions) {
      const ordinal = next++;
      const options = { summary: `Partition ${ordinal + 1} of ${partitions}` };
      if (!(await attributionComputePartition.executeWithOptions(options, [{ ...input, ordinal }]))) return;
      done += 1;
      setCurrentDetails(`**computing** — ${done} of ${partitions} partitions`);
    }
  };
  const lanes = Array.from({ length: PARTITIONS_AT_ONCE }, lane);
  try {
    await Promise.all(lanes);
  } finally {
    // One lane's failure is not the end of the others: what they wrote later would outlive the clearing away.
    next = partitions;
    await Promise.allSettled(lanes);
  }
}

/** An operator's cancellation and a failure end the run's row, too; after a cancellation by API it has ended already. */
async function endUnfinished(input: AttributionRunInput, error: unknown): Promise<AttributionRunResult> {
  if (isCancellation(error)) {
    await attributionFail({ ...input, code: 'CANCELLED', message: 'The run was cancelled.' });
    return cancelled;
  }
  await attributionFail({
    ...input,
    code: 'COMPUTATION_FAILED',
    message: 'The computation failed repeatedly; execute the run again, or ask an operator for its history.',
  });
  return { ...cancelled, status: 'failed' };
}
