import { type RawBuilder, sql } from 'kysely';
import type { ContactFacts } from '../../../domain/outreach/contact-decision.rules.ts';
import type { ContactChannel, ContactPolicy } from '../../../domain/outreach/contact-policy.rules.ts';
import type { Ctx } from '../../core/context.ts';

const DAY_SECONDS = 86_400;

/** What each channel reaches a person by. */
const ADDRESS: Readonly<Record<ContactChannel, RawBuilder<unknown>>> = {
  email: sql`p.email_key`,
  sms: sql`p.phone_key`,
  call: sql`p.phone_key`,
  linkedin: sql`p.linkedin_url`,
};

/** Who has said no on a channel; a call and a message by hand are no matter of these lists. */
const unsubscribed = (channel: ContactChannel): RawBuilder<unknown> => {
  if (channel === 'email') {
    return sql`exists (
      select from email_unsubscribes u where u.organization_id = p.organization_id and u.email = p.email_key)`;
  }
  if (channel !== 'sms') return sql`false`;
  return sql`exists (
    select from sms_opt_outs u
    where u.organization_id = p.organization_id and u.phone = p.phone_key and u.opted_in_at is null)`;
};
const BLACKLISTED = sql`(
  select b.reason from email_blacklist b where b.organization_id = p.organization_id and b.email = p.email_key)`;

export interface ContactFactsInput {
  readonly prospectIds: readonly string[];
  readonly channel: ContactChannel;
  readonly policy: ContactPolicy;
  /** A touch that is not to count against itself. */
  readonly except?: string;
}

/** What is known of people, for the decision whether they may be contacted; one statement for any number of them. */
export async function readContactFacts(
  ctx: Ctx,
  { prospectIds, channel, policy, except }: ContactFactsInput,
): Promise<Map<string, ContactFacts>> {
  const exceptId = except ?? null;
  // With the newest touches counted, the one that is the last of the limit ends its window first.
  const freeAt = (column: string, limit: number | null, windowSeconds: number): RawBuilder<unknown> =>
    limit === null
      ? sql`null::timestamptz`
      : limit === 0
        ? sql`'infinity'::timestamptz`
        : sql`(
          select t.claimed_at + make_interval(secs => ${windowSeconds}) from contact_claims t
          left join sends s on s.organization_id = t.organization_id and t.source_type = 'send' and s.id = t.source_id
          where t.organization_id = p.organization_id and ${sql.ref(`t.${column}`)} = ${
            column === 'account_id' ? sql`p.account_id` : sql`p.id`
          } and t.claimed_at > ${ctx.now}::timestamptz - make_interval(secs => ${windowSeconds})
            and t.source_id is distinct from ${exceptId}::uuid
            and (s.state is null or s.state in ('claimed', 'dispatching', 'accepted', 'unknown'))
          order by t.claimed_at desc offset ${limit - 1}::integer limit 1)`;
  const { rows } = await sql<ContactFacts & { id: string }>`
    select p.id, p.deleted_at is not null as "isGone", ${ADDRESS[channel]} is not null as "hasAddress",
           p.status = 'do_not_contact' as "doNotContact", ${unsubscribed(channel)} as "isUnsubscribed",
           ${channel === 'email' ? BLACKLISTED : sql`null::text`} as "blacklistReason",
           (select c.status from contact_consents c
            where c.organization_id = p.organization_id and c.prospect_id = p.id and c.channel = ${channel}
            order by c.occurred_at desc, c.id desc limit 1) as consent,
           p.status = 'customer' or p.relationship_stage = 'customer'
             or coalesce(a.lifecycle_stage = 'Customer', false) as "isCustomer",
           exists (
             select from deal_contacts dc
             join deals d on d.organization_id = dc.organization_id and d.id = dc.deal_id and d.deleted_at is null
               and d.stage not in ('closed_won', 'closed_lost')
             where dc.organization_id = p.organization_id and dc.prospect_id = p.id) as "hasOpenDeal",
           exists (
             select from contact_holds h
             where h.organization_id = p.organization_id and h.lifted_at is null and h.prospect_id = p.id)
           or exists (
             select from contact_holds h
             where h.organization_id = p.organization_id and h.lifted_at is null and h.account_id = p.account_id)
             as "isHeldBySupport",
           p.owner_id as "ownerId",
           ${freeAt('prospect_id', policy.perPersonPerDay, DAY_SECONDS)} as "personDayFreeAt",
           ${freeAt('prospect_id', policy.perPersonPerWeek, 7 * DAY_SECONDS)} as "personWeekFreeAt",
           ${freeAt('account_id', policy.perAccountPerDay, DAY_SECONDS)} as "accountDayFreeAt",
           p.time_zone as "timeZone", p.country, p.phone_key as phone, o.time_zone as "organizationZone"
    from prospects p
    join organizations o on o.id = p.organization_id
    left join accounts a on a.organization_id = p.organization_id and a.id = p.account_id
    where p.organization_id = ${ctx.organizationId} and p.id = any(${sql.val([...prospectIds])}::uuid[])`.execute(
    ctx.tx,
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}
