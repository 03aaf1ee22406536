import { condition, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { CallActivities } from '../../activities/crm/calls.activities.ts';
import { callChanged, type LiveCallInput, type LiveCallResult } from './live-call.contract.ts';

/** A call outlives any outage: it is attended to for as long as it takes. */
const { callsAttend } = proxyActivities<CallActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/**
 * Keeps the time of one call: ends it when nothing more is heard, closes it once late events have had their chance. What
 * the call is stands in its row; events change that without asking here.
 */
export async function liveCall(input: LiveCallInput): Promise<LiveCallResult> {
  let changed = false;
  setHandler(callChanged, () => {
    changed = true;
  });
  const wait = async (seconds: number) => {
    setCurrentDetails(`next look in ${seconds} s`);
    await condition(() => changed, `${seconds}s`);
  };
  if (input.lookInSeconds !== undefined) await wait(input.lookInSeconds);
  for (;;) {
    changed = false;
    const next = await callsAttend(input);
    if (next.status !== 'waiting') {
      setCurrentDetails(`**${next.status}**`);
      return { status: next.status };
    }
    await wait(next.waitSeconds);
  }
}
