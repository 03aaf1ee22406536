/** What other wings may call. */
export { BDR_RECORDS } from './bdr/index.ts';
export { CONVERSATION_RECORDS } from './conversations/index.ts';
export type { KnowledgeSource } from './facts/knowledge.ts';
export type { Subject } from './facts/subject.ts';
export { AGENT_PUBLIC_EVENTS } from './public-events.ts';
