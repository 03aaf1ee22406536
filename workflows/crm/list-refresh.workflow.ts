import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { ListActivities } from '../../activities/crm/lists.activities.ts';
import type { ListRefreshInput, ListRefreshResult } from './list-refresh.contract.ts';

const retry = { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 8 } as const;

const { listsRefresh } = proxyActivities<ListActivities>({
  startToCloseTimeout: '15m',
  heartbeatTimeout: '60s',
  retry,
});
const { listsFail } = proxyActivities<ListActivities>({ startToCloseTimeout: '30s', retry });

/** Makes a dynamic list equal to its segment; who came and who left stands in the list's event. */
export async function listRefresh(input: ListRefreshInput): Promise<ListRefreshResult> {
  try {
    const { entered, left } = await listsRefresh(input);
    setCurrentDetails(`**completed** — ${entered} entered, ${left} left`);
    return { status: 'completed', entered, left };
  } catch {
    await listsFail(input);
    return { status: 'failed', entered: 0, left: 0 };
  }
}
