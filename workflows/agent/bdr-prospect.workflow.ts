import { condition, continueAsNew, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { BdrActivities } from '../../activities/agent/bdr.activities.ts';
import { OUTBOUND_QUEUE } from '../queues.contract.ts';
import { type BdrProspectInput, type BdrProspectResult, prospectChanged } from './bdr-prospect.contract.ts';

/** A step asks a model at most; what a vendor's outage costs is time. */
const { bdrAdvance } = proxyActivities<Pick<BdrActivities, 'bdrAdvance'>>({
  taskQueue: OUTBOUND_QUEUE,
  startToCloseTimeout: '5m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
});

/** Looks of one run, so that a history stays short however long somebody is written to. */
const MOST_LOOKS = 200;

/** One person through the six stages. The rows say where it stands; this waits and looks. */
export async function bdrProspect(input: BdrProspectInput): Promise<BdrProspectResult> {
  let changed = false;
  setHandler(prospectChanged, () => {
    changed = true;
  });
  for (let looks = 0; looks < MOST_LOOKS || changed; looks++) {
    changed = false;
    const progress = await bdrAdvance(input);
    if (progress.status === 'ended') {
      setCurrentDetails(`**ended** — ${progress.outcome}`);
      return { outcome: progress.outcome };
    }
    setCurrentDetails(`**${progress.stage}** — waits for ${progress.waitsFor}, ${progress.waitSeconds} s at most`);
    await condition(() => changed, `${progress.waitSeconds}s`);
  }
  return continueAsNew<typeof bdrProspect>(input);
}
