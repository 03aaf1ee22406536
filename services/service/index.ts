/** What other wings may call. */
export { SERVICE_PUBLIC_EVENTS } from './public-events.ts';
