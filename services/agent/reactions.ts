import type { Reaction } from '../core/relay.ts';

/** What the agent wing does because something happened elsewhere; each exactly once per event. */
export const AGENT_REACTIONS: readonly Reaction[] = [];
