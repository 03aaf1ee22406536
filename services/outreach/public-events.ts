import type { PublicField } from '../../domain/core/public-fields.rules.ts';
import { INBOUND_KINDS } from '../../domain/outreach/inbound-kind.rules.ts';
import { type PublicEvent, publicEntity, publicEvent } from '../core/public-events.ts';
import { EMAIL_CATEGORIES, EMAIL_STATUSES } from './emails/email-view.ts';
import * as on from './events.ts';

const ID = '0198c0de-0000-7000-8000-000000000001';
const OTHER = '0198c0de-0000-7000-8000-000000000002';
const uuid = (column: string) => ({ column, type: 'uuid', nullable: true, example: OTHER }) as const;
const time = (column: string) =>
  ({ column, type: 'timestamp', nullable: true, example: '2026-06-30T12:00:00.000Z' }) as const;

/** Without its words and addresses: whoever needs those reads it. */
const email = publicEntity('email', 'emails r', {
  id: { column: 'r.id', type: 'uuid', example: ID },
  status: { column: 'r.status', type: 'enum', values: EMAIL_STATUSES, example: 'delivered' },
  category: { column: 'r.category', type: 'enum', values: EMAIL_CATEGORIES, example: 'sequence' },
  opened: { column: 'r.opened', type: 'boolean', example: true },
  clicked: { column: 'r.clicked', type: 'boolean', example: false },
  bounced: { column: 'r.bounced', type: 'boolean', example: false },
  prospectId: uuid('r.prospect_id'),
  dealId: uuid('r.deal_id'),
  userId: uuid('r.user_id'),
  senderId: uuid('r.sender_id'),
  templateId: uuid('r.template_id'),
  threadId: { column: 'r.thread_id', type: 'uuid', example: ID },
  sentAt: time('r.sent_at'),
  deliveredAt: time('r.delivered_at'),
  repliedAt: time('r.replied_at'),
});

const id: PublicField = { type: 'uuid', example: ID };
const other: PublicField = { type: 'uuid', nullable: true, example: OTHER };

/** What this wing tells the outside. */
export const OUTREACH_PUBLIC_EVENTS: readonly PublicEvent[] = [
  publicEvent(on.emailSent, 'A provider took an e-mail', { id }, email),
  publicEvent(on.emailOpened, 'A person opened an e-mail for the first time', { id }, email),
  publicEvent(
    on.emailClicked,
    'A person followed a link of an e-mail for the first time',
    { id, link: { type: 'integer', nullable: true, about: 'Which link of the message, from 0 on', example: 0 } },
    email,
  ),
  publicEvent(
    on.emailBounced,
    'An e-mail will not arrive, or its recipient complained',
    { id, kind: { type: 'enum', values: ['hard', 'soft', 'complaint'], example: 'hard' } },
    email,
  ),
  publicEvent(on.emailUnsubscribed, 'Somebody unsubscribed', { id, emailId: other, prospectId: other }),
  publicEvent(on.messageReceived, 'A message came in, by mail or text', {
    id,
    kind: { type: 'enum', values: INBOUND_KINDS, example: 'reply' },
    emailId: other,
    prospectId: other,
    returnsOn: { type: 'date', nullable: true, about: 'Of an absence', example: null },
  }),
  publicEvent(on.smsOptedOut, 'A number wants no more texts', { id, prospectId: other }),
  publicEvent(on.senderPaused, 'A sender rests: too many of its messages bounce or are complained about', {
    id,
    reason: { type: 'text', example: 'BOUNCE_RATE' },
  }),
  publicEvent(on.bulkEmailCompleted, 'A bulk job is planned to the last person', { id }),
];
