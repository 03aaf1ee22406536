import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { CadenceActivities } from '../../activities/outreach/cadences.activities.ts';
import {
  type CadenceEnrollmentInput,
  type CadenceEnrollmentResult,
  enrollmentChanged,
} from './cadence-enrollment.contract.ts';

/** An enrollment outlives any outage: it is attended to for as long as it takes. */
const { cadencesAttend } = proxyActivities<CadenceActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** Long before the engine warns of a long history; a cadence of 30 steps stays far below it. */
const LONG_HISTORY = 2_000;

/** One person in one cadence: each look does what is due and says when to look again. */
export async function cadenceEnrollment(input: CadenceEnrollmentInput): Promise<CadenceEnrollmentResult> {
  let changed = false;
  setHandler(enrollmentChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await cadencesAttend(input);
    if (next.status === 'ended') {
      setCurrentDetails(`**ended** — ${next.reason}`);
      return { reason: next.reason };
    }
    const { waitSeconds } = next;
    setCurrentDetails(waitSeconds === null ? '**paused**' : `**waiting** — next look in ${waitSeconds} s`);
    if (waitSeconds === null) await condition(() => changed);
    else if (waitSeconds > 0) await condition(() => changed, `${waitSeconds}s`);
    if (workflowInfo().historyLength > LONG_HISTORY) await continueAsNew<typeof cadenceEnrollment>(input);
  }
}
