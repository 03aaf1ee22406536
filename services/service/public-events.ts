import type { PublicEvent } from '../core/public-events.ts';

/** What this wing tells the outside. */
export const SERVICE_PUBLIC_EVENTS: readonly PublicEvent[] = [];
