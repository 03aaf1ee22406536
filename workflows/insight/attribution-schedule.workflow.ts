import { proxyActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { AttributionScheduleActivities } from '../../activities/insight/attribution-schedules.activities.ts';
import type { AttributionScheduleInput, AttributionScheduleResult } from './attribution-schedule.contract.ts';

const { attributionScheduleFire } = proxyActivities<AttributionScheduleActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 40 },
});

/** One firing of a schedule: makes the run of the day that was meant, also when the firing comes late. */
export async function attributionSchedule(input: AttributionScheduleInput): Promise<AttributionScheduleResult> {
  const info = workflowInfo();
  const [meant] = (info.searchAttributes.TemporalScheduledStartTime ?? []) as (Date | string)[];
  const scheduledAt = meant === undefined ? info.startTime.toISOString() : new Date(meant).toISOString();
  const result = await attributionScheduleFire({ ...input, scheduledAt });
  setCurrentDetails(result.runId ? `**${result.status}** — run ${result.runId}` : `**${result.status}**`);
  return result;
}
