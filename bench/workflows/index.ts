export { oneActivityProcess } from './one-activity.workflow.ts';
