/** Every workflow type, by name. The bundle starts here. */
export { attributionRun } from './insight/attribution-run.workflow.ts';
