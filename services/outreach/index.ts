/** What other wings may call. */
export { OUTREACH_PUBLIC_EVENTS } from './public-events.ts';
