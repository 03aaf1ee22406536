import { proxyActivities } from '@temporalio/workflow';
import type { PipelineActivities } from '../../activities/crm/pipeline.activities.ts';
import type { PipelineDailyResult } from './pipeline-daily.contract.ts';

const { pipelineTakeSnapshots, pipelineRefreshHealth } = proxyActivities<PipelineActivities>({
  startToCloseTimeout: '15m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** Over all organizations: keeps the day's forecast and judges the open deals. Every hour, so that each zone's day is met. */
export async function pipelineDaily(): Promise<PipelineDailyResult> {
  return { snapshots: await pipelineTakeSnapshots(), newlyAtRisk: await pipelineRefreshHealth() };
}
