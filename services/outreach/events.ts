import { defineEvent } from '../core/events.ts';

export const emailSent = defineEvent<{ id: string }>('email.sent', 'email');
