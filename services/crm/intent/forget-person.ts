import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** What a person's visits told goes with the person: addresses of pages, and that it was they who looked. */
export async function forgetPerson(ctx: Ctx, customerId: string): Promise<void> {
  const records = sql`(
    select ${customerId}::uuid union
    select customer_id from identity_links where organization_id = ${ctx.organizationId} and canonical_id = ${customerId})`;
  await sql`
    update website_visitors
    set last_url = null, first_referrer = null, prospect_id = null, account_id = null, identified = false
    where organization_id = ${ctx.organizationId} and customer_id in ${records}`.execute(ctx.tx);
  await sql`
    update intent_signals set title = null, url = null, data = '{}'
    where organization_id = ${ctx.organizationId} and customer_id in ${records}`.execute(ctx.tx);
}
