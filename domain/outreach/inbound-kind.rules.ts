/** What a message that came in is. */
export const INBOUND_KINDS = ['reply', 'out_of_office', 'auto_reply', 'bounce', 'referral', 'unsubscribe'] as const;
export type InboundKind = (typeof INBOUND_KINDS)[number];
