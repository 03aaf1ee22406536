import { defineEvent } from '../core/events.ts';

/** One event per ingested group, never one per row. */
export const interactionsIngested = defineEvent<{ count: number; ids: string[] }>(
  'interactions.ingested',
  'interaction',
);
export const conversionsIngested = defineEvent<{ count: number; ids: string[] }>('conversions.ingested', 'conversion');
