import { condition, continueAsNew, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { BdrActivities } from '../../activities/agent/bdr.activities.ts';
import { agentChanged, type BdrAgentInput, type BdrAgentResult } from './bdr-agent.contract.ts';

const { bdrTick } = proxyActivities<Pick<BdrActivities, 'bdrTick'>>({
  startToCloseTimeout: '60s',
  retry: { initialInterval: '1s', maximumInterval: '5m' },
});

/** About a day of looks at the shortest interval. */
const MOST_LOOKS = 300;

/** The agent of a team: looks for people to begin with, within its hours and limits, as long as it is switched on. */
export async function bdrAgent(input: BdrAgentInput): Promise<BdrAgentResult> {
  let changed = false;
  setHandler(agentChanged, () => {
    changed = true;
  });
  for (let looks = 0; looks < MOST_LOOKS || changed; looks++) {
    changed = false;
    const progress = await bdrTick(input);
    if (progress.status === 'ended') {
      setCurrentDetails('**switched off**');
      return { status: 'ended' };
    }
    setCurrentDetails(`**waits for ${progress.waitsFor}** — ${progress.waitSeconds} s; began with ${progress.started}`);
    await condition(() => changed, `${progress.waitSeconds}s`);
  }
  return continueAsNew<typeof bdrAgent>(input);
}
