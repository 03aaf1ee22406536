import type { Reaction } from '../core/relay.ts';

/** What service does because something happened elsewhere; each exactly once per event. */
export const SERVICE_REACTIONS: readonly Reaction[] = [];
