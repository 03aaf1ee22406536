/** What other wings may call. */
export { AGENT_PUBLIC_EVENTS } from './public-events.ts';
