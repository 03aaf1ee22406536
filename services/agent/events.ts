import { defineEvent } from '../core/events.ts';

export const conversationAnalyzed = defineEvent<{ id: string }>('conversation.analyzed', 'conversation');
