import type { Ctx } from '../../core/context.ts';
import type { Received } from '../../platform/inbox/index.ts';
import { takeInSegment } from './segment-events.ts';

/** Stores what deliveries say; answers what became of each, by id. */
export type InboxReader = (ctx: Ctx, source: string, received: readonly Received[]) => Promise<Map<string, string>>;

/** Providers whose webhooks are the content itself, by slug. For all others a webhook is a hint to sync. */
export const INBOX_READERS: Readonly<Record<string, InboxReader>> = { segment: takeInSegment };
