import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { BulkEmailActivities } from '../../activities/outreach/bulk-emails.activities.ts';
import { type BulkEmailJobInput, type BulkEmailJobResult, bulkJobChanged } from './bulk-email-job.contract.ts';

/** A mailing outlives any outage: it is attended to for as long as it takes. */
const { bulkEmailsAttend } = proxyActivities<BulkEmailActivities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** Plans the messages of a mailing part by part; its rows say where it stands, so any part may be done again. */
export async function bulkEmailJob(input: BulkEmailJobInput): Promise<BulkEmailJobResult> {
  let changed = false;
  setHandler(bulkJobChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await bulkEmailsAttend(input);
    setCurrentDetails(`**${next.status}**`);
    switch (next.status) {
      case 'more':
        break;
      case 'waiting':
        await condition(() => changed, `${next.waitSeconds}s`);
        break;
      case 'resting':
        await condition(() => changed);
        break;
      default:
        return { status: next.status };
    }
    // A signal that came meanwhile only says to look, which the next execution does first.
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof bulkEmailJob>(input);
  }
}
