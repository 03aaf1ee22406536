import { sql } from 'kysely';
import { type DomainFinding, type DomainResult, isVerified } from '../../../domain/outreach/sending-domain.rules.ts';
import { verb } from '../../core/context.ts';

export interface DeliverabilityCounts {
  sent: number;
  delivered: number;
  hardBounces: number;
  softBounces: number;
  complaints: number;
  unsubscribes: number;
  opened: number;
  clicked: number;
  replied: number;
}

export interface Deliverability extends DeliverabilityCounts {
  days: number;
  /** Shares of sent messages; null before the first. */
  deliveryRate: number | null;
  bounceRate: number | null;
  complaintRate: number | null;
  unsubscribeRate: number | null;
  senders: (DeliverabilityCounts & { senderId: string | null; email: string | null })[];
  /** Where the messages went, the most first. */
  recipientDomains: (Pick<DeliverabilityCounts, 'sent' | 'delivered' | 'hardBounces'> & { domain: string })[];
  domains: {
    domain: string;
    spf: DomainResult;
    dkim: DomainResult;
    dmarc: DomainResult;
    verified: boolean;
    findings: DomainFinding[];
    checkedAt: Date;
  }[];
}

const DAY_MS = 86_400_000;

/** How the messages of the last days arrived, and what the sending domains publish; one statement. */
export const readDeliverability = verb(
  { permission: 'emails.view' },
  async (
    ctx,
    { days, senderId = null }: { days: number; senderId?: string | undefined | null },
  ): Promise<Deliverability> => {
    const { rows } = await sql<{
      total: DeliverabilityCounts;
      senders: Deliverability['senders'];
      recipients: Deliverability['recipientDomains'];
      domains: Omit<Deliverability['domains'][number], 'verified'>[];
    }>`
      with mails as materialized (
        select e.id, e.sender_id, e.opened, e.clicked, e.delivered_at, e.replied_at,
               lower(split_part(e.address, '@', 2)) as domain,
               coalesce(bool_or(b.type = 'hard'), false) as hard, coalesce(bool_or(b.type = 'soft'), false) as soft,
               coalesce(bool_or(b.type = 'complaint'), false) as complaint,
               exists (select from email_unsubscribes u
                       where u.organization_id = e.organization_id and u.email_id = e.id) as unsubscribed
        from emails e
        left join email_bounces b on b.organization_id = e.organization_id and b.email_id = e.id
        where e.organization_id = ${ctx.organizationId} and not e.is_test
          and e.sent_at > ${new Date(ctx.now.getTime() - days * DAY_MS)}
          and (${senderId}::uuid is null or e.sender_id = ${senderId})
        group by e.organization_id, e.id),
      sums as (
        select grouping(sender_id) as grouped, sender_id, jsonb_build_object('sent', count(*), 'delivered', count(delivered_at),
                 'hardBounces', count(*) filter (where hard), 'softBounces', count(*) filter (where soft),
                 'complaints', count(*) filter (where complaint), 'unsubscribes', count(*) filter (where unsubscribed),
                 'opened', count(*) filter (where opened), 'clicked', count(*) filter (where clicked),
                 'replied', count(replied_at)) as counts
        from mails group by grouping sets ((), (sender_id)))
      select (select counts from sums where grouped = 1) as total,
             coalesce((select jsonb_agg(counts || jsonb_build_object('senderId', sender_id, 'email', s.email)
                                        order by counts -> 'sent' desc, sender_id)
                       from sums left join senders s on s.organization_id = ${ctx.organizationId} and s.id = sums.sender_id
                       where grouped = 0), '[]') as senders,
             coalesce((select jsonb_agg(to_jsonb(r) order by r.sent desc, r.domain) from (
                 select domain, count(*) as sent, count(delivered_at) as delivered,
                        count(*) filter (where hard) as "hardBounces"
                 from mails group by domain order by 2 desc, 1 limit 20) r), '[]') as recipients,
             coalesce((select jsonb_agg(jsonb_build_object('domain', domain, 'spf', spf, 'dkim', dkim, 'dmarc', dmarc,
                                'findings', findings, 'checkedAt', checked_at) order by domain)
                       from sending_domains where organization_id = ${ctx.organizationId}), '[]') as domains`.execute(
      ctx.tx,
    );
    const { total, senders, recipients, domains } = rows[0]!;
    const share = (count: number) => (total.sent === 0 ? null : count / total.sent);
    return {
      days,
      ...total,
      deliveryRate: share(total.delivered),
      bounceRate: share(total.hardBounces + total.softBounces),
      complaintRate: share(total.complaints),
      unsubscribeRate: share(total.unsubscribes),
      senders,
      recipientDomains: recipients,
      domains: domains.map((domain) => ({
        ...domain,
        verified: isVerified(domain),
        checkedAt: new Date(domain.checkedAt),
      })),
    };
  },
);
