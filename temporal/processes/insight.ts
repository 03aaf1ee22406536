import {
  ATTRIBUTION_RUN_QUEUE,
  type AttributionRunInput,
  runCancelled,
} from '../../workflows/insight/attribution-run.contract.ts';
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
