/** Every workflow type, by name. The bundle starts here. */
export { attributionRun } from './insight/attribution-run.workflow.ts';
export { housekeeping } from './platform/housekeeping.workflow.ts';
