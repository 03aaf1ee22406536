import { defineEvent } from '../core/events.ts';

export const attributionCompleted = defineEvent<{ runId: string; generation: number; conversions: number }>(
  'attribution.completed',
  'attribution_run',
);
export const attributionFailed = defineEvent<{ runId: string; generation: number; code: string }>(
  'attribution.failed',
  'attribution_run',
);
