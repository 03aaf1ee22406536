import { HOUSEKEEPING_QUEUE } from '../workflows/platform/housekeeping.contract.ts';
import type { JobSchedule } from './schedules.ts';

/** Jobs over all organizations. What people schedule for themselves is not among them. */
export const JOBS: readonly JobSchedule[] = [
  {
    name: 'housekeeping',
    workflowType: 'housekeeping',
    taskQueue: HOUSEKEEPING_QUEUE,
    everySeconds: 3600,
    jitterSeconds: 60,
    summary: 'Deletes expired idempotency keys',
  },
];
