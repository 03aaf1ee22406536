import type { Reaction } from '../core/relay.ts';

/** What integrations do because something happened elsewhere; each exactly once per event. */
export const INTEGRATIONS_REACTIONS: readonly Reaction[] = [];
