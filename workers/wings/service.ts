import { createSurveyActivities } from '../../activities/service/surveys.activities.ts';
import { createTicketActivities } from '../../activities/service/tickets.activities.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createServiceWork(tools: WorkTools): WingWork {
  return { main: { ...createTicketActivities(tools), ...createSurveyActivities(tools) } };
}
