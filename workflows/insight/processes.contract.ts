import type { AttributionRunInput } from './attribution-run.contract.ts';
import type { AttributionScheduleInput } from './attribution-schedule.contract.ts';

/** The wing's part of the process map. */
export interface InsightProcesses {
  attribution: { input: AttributionRunInput; signals: 'runCancelled' };
  attributionSchedule: { input: AttributionScheduleInput; signals: never };
}
