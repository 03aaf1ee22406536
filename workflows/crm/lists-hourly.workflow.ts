import { proxyActivities } from '@temporalio/workflow';
import type { ListActivities } from '../../activities/crm/lists.activities.ts';
import type { ListsHourlyResult } from './lists-hourly.contract.ts';

const { listsFollowTime } = proxyActivities<ListActivities>({
  startToCloseTimeout: '45m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** Over all organizations: events keep dynamic lists current, but nothing happens when a day goes by. */
export async function listsHourly(): Promise<ListsHourlyResult> {
  return { moved: await listsFollowTime() };
}
