import type { Reaction } from '../core/relay.ts';
import { BDR_NOTICES } from './bdr/notices.ts';

/** What the agent wing does because something happened elsewhere; each exactly once per event. */
export const AGENT_REACTIONS: readonly Reaction[] = [...BDR_NOTICES];
