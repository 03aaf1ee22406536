export interface AttributionScheduleInput {
  organizationId: string;
  scheduleId: string;
}

export interface AttributionScheduleResult {
  /** `repeated`: the day has its run; `skipped`: the one before is still going on; `gone`: paused or deleted. */
  status: 'started' | 'repeated' | 'skipped' | 'gone';
  runId: string | null;
}
