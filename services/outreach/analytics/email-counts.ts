import { type RawBuilder, sql } from 'kysely';
import { rate } from './range.ts';

export interface EmailCounts {
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  replied: number;
  bounced: number;
  unsubscribed: number;
}

/** What became of e-mails `m`, each counted once; opens and clicks are those of people. */
export const EMAIL_COUNTS: RawBuilder<unknown> = sql.raw(`
  count(m.id) filter (where m.sent_at is not null)::integer as sent,
  count(m.id) filter (where m.sent_at is not null and not m.bounced)::integer as delivered,
  count(m.id) filter (where m.opened_at is not null)::integer as opened,
  count(m.id) filter (where m.clicked_at is not null)::integer as clicked,
  count(m.id) filter (where m.replied_at is not null)::integer as replied,
  count(m.id) filter (where m.bounced)::integer as bounced,
  count(m.id) filter (where exists (
    select from email_unsubscribes u where u.organization_id = m.organization_id and u.email_id = m.id))::integer
    as unsubscribed`);

export interface EmailRates {
  openRate: number | null;
  clickRate: number | null;
  replyRate: number | null;
  bounceRate: number | null;
}

/** Of what was sent. */
export const ratesOf = ({ sent, opened, clicked, replied, bounced }: EmailCounts): EmailRates => ({
  openRate: rate(opened, sent),
  clickRate: rate(clicked, sent),
  replyRate: rate(replied, sent),
  bounceRate: rate(bounced, sent),
});
