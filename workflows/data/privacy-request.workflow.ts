import { CancellationScope, isCancellation, patched, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { PrivacyActivities } from '../../activities/data/privacy.activities.ts';
import { ERASE_STEPS } from '../../domain/data/privacy.rules.ts';
import type { PrivacyRequestInput, PrivacyRequestResult } from './privacy-request.contract.ts';

/** A person's right does not lapse because a database is away: steps are repeated for as long as it takes. */
const retry = { initialInterval: '1s', maximumInterval: '60s' } as const;

const { privacyBegin, privacyComplete, privacyFail } = proxyActivities<PrivacyActivities>({
  startToCloseTimeout: '30s',
  retry,
});
const { privacyErase, privacyExport } = proxyActivities<PrivacyActivities>({
  startToCloseTimeout: '1h',
  heartbeatTimeout: '20s',
  retry,
});

/** Exports or erases one person, as the request's row says. */
export async function privacyRequest(input: PrivacyRequestInput): Promise<PrivacyRequestResult> {
  try {
    const kind = await privacyBegin(input);
    if (kind === null) return { status: 'ended' };
    if (kind === 'export') await privacyExport(input);
    else await erase(input);
    return { status: 'completed' };
  } catch (error) {
    const code = isCancellation(error) ? 'CANCELLED' : 'FAILED';
    await CancellationScope.nonCancellable(() => privacyFail({ ...input, code }));
    return { status: 'failed' };
  }
}

async function erase(input: PrivacyRequestInput): Promise<void> {
  const knowsRecords = patched('records-of-upper-wings');
  for (const step of ERASE_STEPS) {
    if (step === 'records' && !knowsRecords) continue;
    setCurrentDetails(`**erasing** — ${step}`);
    await privacyErase({ ...input, step });
  }
  await privacyComplete(input);
  setCurrentDetails('**erased**');
}
