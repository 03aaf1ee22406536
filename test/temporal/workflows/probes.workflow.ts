import { condition, log, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { ProbeActivities } from '../probes.activities.ts';
import type { ProbeInput } from './probes.contract.ts';
import { probeReleased } from './probes.contract.ts';

const retry = { initialInterval: '100 ms', maximumAttempts: 3 } as const;
const { probeEcho, probeThrow, probeNow } = proxyActivities<ProbeActivities>({ startToCloseTimeout: '20 s', retry });
const { probeSlow } = proxyActivities<ProbeActivities>({
  startToCloseTimeout: '60 s',
  heartbeatTimeout: '3 s',
  retry: { initialInterval: '100 ms' },
});

export async function probeActivity(input: ProbeInput): Promise<string> {
  log.info('probe runs');
  return probeEcho(input.value);
}

export async function probeWait(_input: ProbeInput): Promise<string> {
  let releasedBy = '';
  setHandler(probeReleased, ({ by }) => {
    releasedBy = by;
  });
  await condition(() => releasedBy !== '');
  return releasedBy;
}

/** Lets the activity's failure end the workflow, so that it is recorded twice. */
export async function probeDoomed(input: ProbeInput): Promise<void> {
  await probeThrow(input.value);
}

export async function probeBeat(input: ProbeInput): Promise<string> {
  return probeSlow(input.value);
}

/** Time passes between two readings of the activity clock. */
export async function probeNap(input: { days: number }): Promise<{ before: string; after: string }> {
  const before = await probeNow();
  await sleep(`${input.days} days`);
  return { before, after: await probeNow() };
}
