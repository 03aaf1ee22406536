import { type AttributionRunInput, runCancelled } from '../../workflows/insight/attribution-run.contract.ts';
import type { AttributionScheduleInput } from '../../workflows/insight/attribution-schedule.contract.ts';
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { defineProcess, type ProcessDefinition } from './process.ts';

const attributionProcess = defineProcess<AttributionRunInput>({
  name: 'attribution',
  workflowType: 'attributionRun',
  taskQueue: MAIN_QUEUE,
  signals: [runCancelled],
  entityType: 'attribution_run',
  summary: ({ runId, generation }) => `Attribution run ${runId}, generation ${generation}`,
  priority: 3,
});

/** Started by schedules that people make, never by a command of its own. */
const attributionScheduleProcess = defineProcess<AttributionScheduleInput>({
  name: 'attributionSchedule',
  workflowType: 'attributionSchedule',
  taskQueue: MAIN_QUEUE,
  entityType: 'attribution_schedule',
  summary: ({ scheduleId }) => `Attribution schedule ${scheduleId}`,
  priority: 3,
});

export const INSIGHT_PROCESSES: readonly ProcessDefinition[] = [attributionProcess, attributionScheduleProcess];
