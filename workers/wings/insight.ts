import { createAttributionActivities } from '../../activities/insight/attribution.activities.ts';
import { createAttributionScheduleActivities } from '../../activities/insight/attribution-schedules.activities.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createInsightWork(tools: WorkTools): WingWork {
  const attribution = createAttributionActivities(tools);
  return { main: { ...attribution, ...createAttributionScheduleActivities(tools) }, bulk: attribution };
}
