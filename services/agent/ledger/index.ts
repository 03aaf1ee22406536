export {
  CALL_STATUSES,
  getModelCall,
  listModelCalls,
  type ModelCallTrace,
  type ModelCallView,
} from './calls.ts';
export type { CallFigures } from './figures.ts';
export { listPrompts, listPromptVersions, type PromptVersionView, type PromptView } from './prompts.ts';
export { readUsage, USAGE_GROUPS, type Usage } from './usage.ts';
