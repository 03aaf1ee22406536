/** What other wings may call. */
export { CONVERSATION_RECORDS } from './conversations/index.ts';
export { AGENT_PUBLIC_EVENTS } from './public-events.ts';
