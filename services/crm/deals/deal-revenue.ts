import { sql } from 'kysely';
import { wonConversionId } from '../../../domain/crm/deal.rules.ts';
import type { Ctx } from '../../core/context.ts';
import {
  addConversionParties,
  type ConversionInput,
  getConversion,
  ingestConversion,
  voidConversion,
} from '../../data/index.ts';
import { linkCustomers } from '../prospects/customer-link.ts';
import { identifiersOf } from '../prospects/identity.ts';

interface WonDeal {
  id: string;
  name: string;
  amount: string | null;
  currency: string;
  accountId: string | null;
}

/** A company of thousands would make one conversion as heavy as all others together. */
const MOST_PARTIES = 500;

type Identifiers = ConversionInput['customerIdentifiers'];

/**
 * The revenue of a won deal: one conversion, whose first party is the decision maker (else the first contact, else the
 * account) and whose further parties are the other contacts and the account. Once per win.
 */
export async function recordWonDeal(ctx: Ctx, dealId: string, win: number, at: Date): Promise<void> {
  const { rows } = await sql<WonDeal>`
    select id, name, trim_scale(amount)::text as amount, currency, account_id as "accountId"
    from deals
    where organization_id = ${ctx.organizationId} and id = ${dealId} and stage = 'closed_won' and wins = ${win}
      and deleted_at is null`.execute(ctx.tx);
  const deal = rows[0];
  // Taken back before anything was recorded: reactions that failed are repeated later, in any order.
  if (!deal) return;
  const parties = await partiesOf(ctx, deal);
  const [first, ...others] = parties;
  const conversion: ConversionInput = {
    externalEventId: wonConversionId(dealId, win),
    eventType: 'deal_won',
    customerIdentifiers: first!.identifiers,
    amountDecimal: deal.amount ?? '0',
    currency: deal.currency,
    occurredAt: at,
    eventSource: 'crm',
    metadata: { deal_id: dealId, ...(deal.accountId ? { account_id: deal.accountId } : {}) },
  };
  const [outcome] = await ingestConversion.group(ctx, [conversion]);
  if (!outcome!.ok) {
    // The win was recorded by an earlier attempt; anything else is the relay's to repeat and to report.
    if (outcome!.error.code === 'DUPLICATE_CONVERSION') return;
    throw outcome!.error;
  }
  await addConversionParties(ctx, {
    id: outcome!.value.id,
    parties: others.map(({ role, identifiers }) => ({ role, customerIdentifiers: identifiers })),
  });
  await linkCustomers(ctx, { prospectIds: parties.flatMap((party) => party.prospectId ?? []) });
}

/** Takes the revenue of a win back: by a refund dated now, or, without an amount, by voiding the conversion. */
export async function reverseWonDeal(ctx: Ctx, dealId: string, win: number, at: Date): Promise<void> {
  const externalId = wonConversionId(dealId, win);
  const stored = await ctx.tx
    .selectFrom('conversions')
    .select(['id', 'amount_minor', 'voided_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  if (!stored || stored.voided_at !== null) return;
  const won = await getConversion(ctx, { id: stored.id });
  if (stored.amount_minor === 0) {
    await voidConversion(ctx, { id: won.id, reason: 'The deal is no longer won.' });
    return;
  }
  const [outcome] = await ingestConversion.group(ctx, [
    {
      externalEventId: `${externalId}:reversed`,
      eventType: 'deal_won',
      customerIdentifiers: [],
      amountDecimal: `-${won.amountDecimal}`,
      currency: won.currency,
      occurredAt: at,
      eventSource: 'crm',
      refundOf: won.id,
      metadata: { deal_id: dealId },
    },
  ]);
  if (!outcome!.ok && outcome!.error.code !== 'DUPLICATE_CONVERSION') throw outcome!.error;
}

interface Party {
  prospectId: string | null;
  role: string;
  identifiers: Identifiers;
}

/**
 * In the order of decisions: decision maker, further contacts as they were linked, the account's other people, the
 * account. Never empty: a deal without anybody stands for itself, and its revenue is unattributed.
 */
async function partiesOf(ctx: Ctx, deal: WonDeal): Promise<Party[]> {
  const { rows } = await sql<{ id: string; email: string | null; phone: string | null; role: string }>`
    select p.id, p.email_key as email, p.phone_key as phone,
           case when c.deal_id is null then 'account_contact' else coalesce(c.role, 'contact') end as role
    from prospects p
    left join deal_contacts c
      on c.organization_id = p.organization_id and c.prospect_id = p.id and c.deal_id = ${deal.id}
    where p.organization_id = ${ctx.organizationId} and (c.deal_id is not null
      or (p.account_id = ${deal.accountId}::uuid and p.deleted_at is null and p.customer_id is not null))
    order by c.deal_id is null, c.role = 'decision_maker' desc nulls last, c.created_at, p.id
    limit ${MOST_PARTIES}`.execute(ctx.tx);
  const people = rows.map((row): Party => ({ prospectId: row.id, role: row.role, identifiers: identifiersOf(row) }));
  const linked = people.filter((party) => party.role !== 'account_contact');
  const others = people.filter((party) => party.role === 'account_contact');
  const account: Party[] = deal.accountId
    ? [{ prospectId: null, role: 'account', identifiers: [{ type: 'account', value: deal.accountId }] }]
    : [];
  // Without a linked contact the revenue belongs to the account itself, not to whoever works there.
  const parties = linked.length > 0 ? [...linked, ...others, ...account] : [...account, ...others];
  return parties.length > 0
    ? parties
    : [{ prospectId: null, role: 'deal', identifiers: [{ type: 'deal', value: deal.id }] }];
}
