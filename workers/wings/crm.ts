import { createListActivities } from '../../activities/crm/lists.activities.ts';
import { createPipelineActivities } from '../../activities/crm/pipeline.activities.ts';
import { createReminderActivities } from '../../activities/crm/reminders.activities.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createCrmWork(tools: WorkTools): WingWork {
  return {
    main: {
      ...createListActivities(tools),
      ...createPipelineActivities(tools),
      ...createReminderActivities(tools),
    },
  };
}
