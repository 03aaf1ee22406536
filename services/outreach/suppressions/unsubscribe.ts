import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, committedRefusal, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { Secrets } from '../../core/secrets.ts';
import { noteStop } from '../cadences/index.ts';
import { emailUnsubscribed } from '../events.ts';
import { holdContacts, settleDispatches } from '../governance/index.ts';
import { linkReader } from '../links.ts';

export interface LinkInput {
  token: string;
  secrets: Secrets;
}

/** What the page behind a link to unsubscribe says. Looking changes nothing: scanners open every link. */
export const readUnsubscribeLink = verb(
  { permission: null },
  async (ctx, input: LinkInput): Promise<{ address: string; organization: string; isUnsubscribed: boolean }> => {
    const { email } = await openLink(ctx, input);
    const { rows } = await sql<{ organization: string; isUnsubscribed: boolean }>`
      select o.name as organization, exists (
        select from email_unsubscribes u
        where u.organization_id = o.id and u.email = lower(${email.address})) as "isUnsubscribed"
      from organizations o where o.id = ${ctx.organizationId}`.execute(ctx.tx);
    return { address: masked(email.address), ...rows[0]! };
  },
);

/**
 * Ends every message but what somebody asks for themselves. Acknowledged once no message to the address is on its way any more.
 * @throws AppError not_found; unavailable `MESSAGE_UNDER_WAY`: it is stored all the same
 */
export const unsubscribeByLink = verb(
  { permission: null },
  async (ctx, { oneClick, ...link }: LinkInput & { oneClick: boolean }): Promise<{ address: string }> => {
    const { email, emailId } = await openLink(ctx, link);
    const stop = { address: email.address, emailId, prospectId: email.prospect_id };
    await storeUnsubscribe(ctx, { ...stop, source: oneClick ? 'one_click' : 'link' });
    const refusal = await settleDispatches(ctx, [email.address]);
    return refusal ? committedRefusal(refusal) : { address: masked(email.address) };
  },
);

export interface UnsubscribeEntry {
  readonly address: string;
  readonly emailId: string | null;
  readonly prospectId: string | null;
  readonly source: 'link' | 'one_click' | 'reply' | 'provider' | 'manual';
  readonly reason?: string | null;
}

/** Once per address; holds whoever is about to write to it. Answers whether it is new. */
export async function storeUnsubscribe(ctx: Ctx, entry: UnsubscribeEntry): Promise<boolean> {
  const { address, emailId, prospectId, source, reason = null } = entry;
  await holdContacts(ctx, [address]);
  const { rows } = await sql<{ id: string }>`
    insert into email_unsubscribes (email, prospect_id, email_id, source, reason, created_at)
    values (lower(${address}), ${prospectId}::uuid, ${emailId}::uuid, ${source}, ${reason}, ${ctx.now})
    on conflict (organization_id, email) do nothing
    returning id`.execute(ctx.tx);
  if (!rows[0]) return false;
  if (emailId !== null) {
    await sql`
      insert into email_tracking_events (email_id, type, occurred_at, event_key, data)
      values (${emailId}, 'unsubscribe', ${ctx.now}, ${`unsubscribe:${rows[0].id}`}, ${JSON.stringify({ source })}::jsonb)
      on conflict (organization_id, email_id, event_key) do nothing`.execute(ctx.tx);
  }
  for (const id of await peopleWith(ctx, address)) await noteStop(ctx, id, 'unsubscribed');
  await emit(ctx, emailUnsubscribed, { entityId: rows[0].id, data: { id: rows[0].id, emailId, prospectId } });
  return true;
}

async function peopleWith(ctx: Ctx, address: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from prospects
    where organization_id = ${ctx.organizationId} and email_key = lower(${address}) and deleted_at is null
    order by id`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

async function openLink(ctx: Ctx, { token, secrets }: LinkInput) {
  const { id: emailId } = (await linkReader(ctx, secrets)).open(token, 'unsubscribe');
  const email = await ctx.tx
    .selectFrom('emails')
    .select(['address', 'prospect_id'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', emailId)
    .executeTakeFirst();
  if (!email) throw notFound('The link');
  return { email, emailId };
}

/** Whoever gets hold of the link learns no address. */
const masked = (address: string): string => address.replace(/^(.)[^@]*(?=@)/, '$1…');
