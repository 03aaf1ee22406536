import { type PublicEvent, publicEntity, publicEvent } from '../core/public-events.ts';
import { attributionCompleted, attributionFailed } from './events.ts';

const ID = '019a9f00-0000-7000-8000-0000000000aa';
const run = publicEntity('attribution_run', 'attribution_runs r', {
  id: { column: 'r.id', type: 'uuid', example: ID },
  name: { column: 'r.name', type: 'text', example: 'June' },
  modelCode: { column: 'r.model_code', type: 'text', example: 'TIME_DECAY' },
  models: { column: 'r.models', type: 'texts', example: ['TIME_DECAY'] },
  status: {
    column: 'r.status',
    type: 'enum',
    values: ['pending', 'running', 'completed', 'failed'],
    example: 'completed',
  },
  conversionsAttributed: {
    column: 'r.conversions_attributed',
    type: 'integer',
    nullable: true,
    example: 840,
  },
  conversionsUnattributed: {
    column: 'r.conversions_unattributed',
    type: 'integer',
    nullable: true,
    example: 12,
  },
  completedAt: { column: 'r.completed_at', type: 'timestamp', nullable: true, example: '2026-06-30T12:00:00.000Z' },
});
const facts = {
  runId: { type: 'uuid', example: ID },
  generation: { type: 'integer', example: 1 },
} as const;

/** What attribution tells the outside. */
export const INSIGHT_PUBLIC_EVENTS: readonly PublicEvent[] = [
  publicEvent(
    attributionCompleted,
    'An attribution run has published its results',
    { ...facts, conversions: { type: 'integer', example: 852 } },
    run,
  ),
  publicEvent(
    attributionFailed,
    'An attribution run failed',
    { ...facts, code: { type: 'text', example: 'PROCESS_LOST' } },
    run,
  ),
];
