import { createCallActivities } from '../../activities/crm/calls.activities.ts';
import { createEnrichmentActivities } from '../../activities/crm/enrichment.activities.ts';
import { createIntentActivities } from '../../activities/crm/intent.activities.ts';
import { createLeadScoringActivities } from '../../activities/crm/lead-scoring.activities.ts';
import { createListActivities } from '../../activities/crm/lists.activities.ts';
import { createPipelineActivities } from '../../activities/crm/pipeline.activities.ts';
import { createReminderActivities } from '../../activities/crm/reminders.activities.ts';
import { ENRICHMENT_ADAPTERS } from '../../providers/enrichment/index.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createCrmWork(tools: WorkTools): WingWork {
  const enrichment = createEnrichmentActivities({
    ...tools,
    secrets: tools.mailing.secrets,
    providers: ENRICHMENT_ADAPTERS,
  });
  return {
    main: {
      ...createIntentActivities(tools),
      ...enrichment,
      ...createCallActivities(tools),
      ...createLeadScoringActivities(tools),
      ...createListActivities(tools),
      ...createPipelineActivities(tools),
      ...createReminderActivities(tools),
    },
    outbound: enrichment,
  };
}
