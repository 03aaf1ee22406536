/** What other wings may call. */
export { INTEGRATIONS_PUBLIC_EVENTS } from './public-events.ts';
