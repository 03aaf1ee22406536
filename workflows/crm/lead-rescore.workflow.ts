import { proxyActivities } from '@temporalio/workflow';
import type { LeadScoringActivities } from '../../activities/crm/lead-scoring.activities.ts';
import type { LeadRescoreResult } from './lead-rescore.contract.ts';

const { leadScoringRescore } = proxyActivities<LeadScoringActivities>({
  startToCloseTimeout: '45m',
  heartbeatTimeout: '60s',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** Over all organizations: conversations, visits and deals change scores, and so does a new model. */
export async function leadRescore(): Promise<LeadRescoreResult> {
  return { changed: await leadScoringRescore() };
}
