import {
  ATTRIBUTION_RUN_QUEUE,
  type AttributionRunInput,
  runCancelled,
} from '../../workflows/insight/attribution-run.contract.ts';
import {
  ATTRIBUTION_SCHEDULE_QUEUE,
  type AttributionScheduleInput,
} from '../../workflows/insight/attribution-schedule.contract.ts';
import { defineProcess } from './process.ts';

export const attributionProcess = defineProcess<AttributionRunInput>({
  name: 'attribution',
  workflowType: 'attributionRun',
  taskQueue: ATTRIBUTION_RUN_QUEUE,
  signals: [runCancelled],
  entityType: 'attribution_run',
  summary: ({ runId, generation }) => `Attribution run ${runId}, generation ${generation}`,
  priority: 3,
});

/** Started by schedules that people make, never by a command of its own. */
export const attributionScheduleProcess = defineProcess<AttributionScheduleInput>({
  name: 'attributionSchedule',
  workflowType: 'attributionSchedule',
  taskQueue: ATTRIBUTION_SCHEDULE_QUEUE,
  entityType: 'attribution_schedule',
  summary: ({ scheduleId }) => `Attribution schedule ${scheduleId}`,
  priority: 3,
});
