import type { Reaction } from '../core/relay.ts';

/** What outreach does because something happened elsewhere; each exactly once per event. */
export const OUTREACH_REACTIONS: readonly Reaction[] = [];
