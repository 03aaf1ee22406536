import type { Reaction } from '../core/relay.ts';
import { CADENCE_REACTIONS } from './cadences/reactions.ts';

/** What outreach does because something happened elsewhere; each exactly once per event. */
export const OUTREACH_REACTIONS: readonly Reaction[] = [...CADENCE_REACTIONS];
