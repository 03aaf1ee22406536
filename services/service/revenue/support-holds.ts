import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { analyzeDeal } from '../../crm/index.ts';
import { liftContactHold, placeContactHold } from '../../outreach/governance/index.ts';

interface Signs {
  prospectId: string | null;
  accountId: string | null;
  isUrgent: boolean;
  isBadlyRated: boolean;
}

/** Deals whose health is judged at once; the hourly judgement reaches the others. */
const MOST_DEALS = 20;

/**
 * Sets outreach and deals right after a ticket changed: an open urgent ticket and a bad rating hold sales back from the account
 * (the person, where there is no account) and speak against its deals; what is resolved, or closed after a bad
 * rating, holds nobody any more. Looks at the ticket as it is, so repeating it and any order of events give the same.
 */
export async function followTicket(ctx: Ctx, ticketId: string): Promise<void> {
  const signs = await readSigns(ctx, ticketId);
  if (!signs) return;
  await hold(ctx, signs, { type: 'ticket', id: ticketId }, signs.isUrgent);
  await hold(ctx, signs, { type: 'ticket_rating', id: ticketId }, signs.isBadlyRated);
  for (const id of await affectedDeals(ctx, ticketId)) await analyzeDeal(ctx, { id });
}

async function hold(ctx: Ctx, signs: Signs, source: { type: string; id: string }, holds: boolean): Promise<void> {
  const { accountId, prospectId } = signs;
  if (!holds || (accountId === null && prospectId === null)) return liftContactHold(ctx, source);
  const whom = accountId === null ? { prospectId: prospectId! } : { accountId };
  await placeContactHold(ctx, whom, { reason: 'support', source });
}

async function readSigns(ctx: Ctx, ticketId: string): Promise<Signs | undefined> {
  const { rows } = await sql<Signs>`
    select prospect_id as "prospectId", account_id as "accountId",
           deleted_at is null and priority = 'urgent' and status in ('new', 'open', 'pending') as "isUrgent",
           deleted_at is null and coalesce(satisfaction_score <= 2, false) and status <> 'closed' as "isBadlyRated"
    from tickets where organization_id = ${ctx.organizationId} and id = ${ticketId}`.execute(ctx.tx);
  return rows[0];
}

async function affectedDeals(ctx: Ctx, ticketId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from tickets t
    join deals d on d.organization_id = t.organization_id and d.deleted_at is null
      and d.stage not in ('closed_won', 'closed_lost')
      and (d.account_id = t.account_id
           or d.id in (select c.deal_id from deal_contacts c
                       where c.organization_id = t.organization_id and c.prospect_id = t.prospect_id)
           or d.id in (select l.deal_id from ticket_deals l
                       where l.organization_id = t.organization_id and l.ticket_id = t.id))
    where t.organization_id = ${ctx.organizationId} and t.id = ${ticketId}
    order by d.amount desc nulls last, d.id limit ${MOST_DEALS}`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
