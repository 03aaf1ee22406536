import { sql } from 'kysely';
import type { SendPurpose } from '../../../domain/platform/mail.port.ts';
import type { Ctx } from '../../core/context.ts';
import { inOrder } from '../../core/transaction.ts';
import type { GuardedSend, SendGuard } from '../../platform/sends/index.ts';
import type { BulkStatus } from '../bulk/bulk-view.ts';
import { objectionOfMailing, statusOfMailing } from '../bulk/mailing-decision.ts';
import { holdContactsOf } from '../governance/index.ts';

/** Why an address gets no message, the strongest reason first. */
export const SUPPRESSIONS = ['blacklisted', 'unsubscribed', 'do_not_contact', 'opted_out'] as const;
export type Suppression = (typeof SUPPRESSIONS)[number];

/**
 * Of each address that must not be written to, the reason. A dead or complaining address gets nothing at all; whoever has
 * unsubscribed or must not be contacted still gets what they asked for themselves (`transactional`).
 */
export async function suppressedAddresses(
  ctx: Ctx,
  addresses: readonly string[],
  purpose: SendPurpose,
): Promise<ReadonlyMap<string, Suppression>> {
  const { rows } = await sql<{ email: string; reason: Suppression }>`
    with given as (select distinct lower(address) as email from unnest(${sql.val([...addresses])}::text[]) address)
    select email, ${reasonOf(ctx, purpose)} as reason from given`.execute(ctx.tx);
  return new Map(rows.flatMap(({ email, reason }) => (reason ? [[email, reason] as const] : [])));
}

const reasonOf = (ctx: Ctx, purpose: SendPurpose) => sql`
  case when exists (select from email_blacklist b
                    where b.organization_id = ${ctx.organizationId} and b.email = given.email) then 'blacklisted'
       when ${purpose} = 'transactional' then null
       when exists (select from email_unsubscribes u
                    where u.organization_id = ${ctx.organizationId} and u.email = given.email) then 'unsubscribed'
       when exists (select from prospects p
                    where p.organization_id = ${ctx.organizationId} and p.email_key = given.email
                      and p.deleted_at is null and p.status = 'do_not_contact') then 'do_not_contact' end`;

/** Of a number, in the form of the identity spine. */
export async function suppressedNumber(ctx: Ctx, phone: string): Promise<Suppression | null> {
  const { rows } = await sql<{ reason: Suppression | null }>`
    select case when exists (select from sms_opt_outs o where o.organization_id = ${ctx.organizationId}
                               and o.phone = ${phone} and o.opted_in_at is null) then 'opted_out'
                when exists (select from prospects p where p.organization_id = ${ctx.organizationId}
                               and p.phone_key = ${phone} and p.deleted_at is null
                               and p.status = 'do_not_contact') then 'do_not_contact' end as reason`.execute(ctx.tx);
  return rows[0]!.reason;
}

const LOOK_AGAIN_MS = 5_000;

/** Whoever has answered or asked to be left alone is sent nothing by itself until that has been worked off. */
async function answerIsPending(ctx: Ctx, { purpose, toAddress }: GuardedSend): Promise<boolean> {
  if (purpose !== 'sequence' && purpose !== 'marketing') return false;
  const { rows } = await sql`
    select from outreach_inbox
    where organization_id = ${ctx.organizationId} and processed_at is null and holds is not null
      and holds @> array[lower(${toAddress})] limit 1`.execute(ctx.tx);
  return rows.length > 0;
}

/** Asked in the transactions that take and hand over a send: a stop that was stored before it holds. */
export const contactIsAllowed: SendGuard = async (ctx, send) => {
  if (send.subjectType !== 'email' && send.subjectType !== 'sms') return null;
  // A stop that is being written waits for us, or we for it: nobody is told of one while a message begins.
  const [, [isPending, { reason, mailing }]] = await inOrder(holdContactsOf(ctx, send), () =>
    Promise.all([answerIsPending(ctx, send), send.channel === 'sms' ? textFacts(ctx, send) : mailFacts(ctx, send)]),
  );
  const decided = objectionOfMailing(mailing);
  if (decided !== null) return decided;
  if (isPending) return { code: 'ANSWER_PENDING', until: new Date(ctx.now.getTime() + LOOK_AGAIN_MS) };
  return reason;
};

interface SendFacts {
  reason: Suppression | null;
  /** The state of the mailing that it belongs to. */
  mailing: BulkStatus | null;
}

const textFacts = async (ctx: Ctx, { toAddress }: GuardedSend): Promise<SendFacts> => ({
  reason: await suppressedNumber(ctx, toAddress),
  mailing: null,
});

/** Of the reasons against an e-mail those of whom it goes to come first, then those of whoever else gets it. */
async function mailFacts(ctx: Ctx, send: GuardedSend): Promise<SendFacts> {
  const { toAddress, subjectId, purpose } = send;
  const { rows } = await sql<SendFacts>`
    with given as (
      select lower(${toAddress}) as email, 0 as place
      union all
      select lower(other ->> 'email'), 1
      from emails e cross join lateral jsonb_array_elements(e."to" || e.cc || e.bcc) other
      where e.organization_id = ${ctx.organizationId} and e.id = ${subjectId}::uuid
        and jsonb_array_length(e."to" || e.cc || e.bcc) > 1)
    select ${statusOfMailing(ctx, send)} as mailing, (
      select reason from (select place, email, ${reasonOf(ctx, purpose as SendPurpose)} as reason from given) found
      where reason is not null order by place, email limit 1) as reason`.execute(ctx.tx);
  return rows[0]!;
}
