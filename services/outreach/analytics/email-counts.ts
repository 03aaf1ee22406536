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
export const EMAIL_MEASURES: Readonly<Record<keyof EmailCounts, RawBuilder<unknown>>> = {
  sent: sql`count(m.id) filter (where m.sent_at is not null)`,
  delivered: sql`count(m.id) filter (where m.sent_at is not null and not m.bounced)`,
  opened: sql`count(m.id) filter (where m.opened_at is not null)`,
  clicked: sql`count(m.id) filter (where m.clicked_at is not null)`,
  replied: sql`count(m.id) filter (where m.replied_at is not null)`,
  bounced: sql`count(m.id) filter (where m.bounced)`,
  unsubscribed: sql`count(m.id) filter (where exists (
    select from email_unsubscribes u where u.organization_id = m.organization_id and u.email_id = m.id))`,
};

export const EMAIL_COUNTS: RawBuilder<unknown> = sql.join(
  Object.entries(EMAIL_MEASURES).map(([name, count]) => sql`(${count})::integer as ${sql.ref(name)}`),
);

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
