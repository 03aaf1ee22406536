import type { BdrChannel } from './bdr.rules.ts';

/** Where somebody can be reached by each channel; null: not at all. */
export type Reach = Readonly<Record<BdrChannel, string | null>>;

/** What the rules of contact call them. */
export const CONTACT_CHANNEL_OF = { email: 'email', linkedin: 'linkedin', phone: 'call' } as const;

/**
 * Channels take turns in the order they are preferred, one per touch; one that leads nowhere is left out. An answer goes
 * where answers can be read: by mail, else by the first way there is.
 */
export function channelOf(
  preferred: readonly BdrChannel[],
  reach: Reach,
  touch: { readonly touches: number; readonly isReply: boolean },
): BdrChannel {
  if (touch.isReply && reach.email !== null) return 'email';
  const open = preferred.filter((channel) => reach[channel] !== null);
  // Whom nothing reaches is refused by the rules of contact, under the name of the first channel.
  return open[touch.isReply ? 0 : touch.touches % open.length] ?? preferred[0] ?? 'email';
}
