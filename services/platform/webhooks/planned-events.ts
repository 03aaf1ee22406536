import { defineEvent } from '../../core/events.ts';
import { type PublicEvent, publicEvent } from '../../core/public-events.ts';

/**
 * Names that a subscription may hold today although nothing sends them before their part of the product is there. Each
 * leaves this list for its own wing's.
 */
const uuid = { type: 'uuid', example: '019a9f00-0000-7000-8000-0000000000aa' } as const;
const email = {
  id: uuid,
  prospectId: { ...uuid, nullable: true, example: '019a9f00-0000-7000-8000-0000000000bb' },
} as const;
interface EmailFact {
  id: string;
  prospectId: string | null;
}

export const PLANNED_EVENTS: readonly PublicEvent[] = [
  publicEvent(defineEvent<EmailFact>('email.opened', 'email'), 'A person opened an e-mail', email),
  publicEvent(
    defineEvent<EmailFact & { url: string }>('email.clicked', 'email'),
    'A person followed a link of an e-mail',
    { ...email, url: { type: 'text', example: 'https://example.com/pricing' } },
  ),
].map((event) => ({ ...event, available: false }));
