export { oneActivityProcess } from './one-activity.workflow.ts';
export { skeletonSteps } from './skeleton-steps.workflow.ts';
