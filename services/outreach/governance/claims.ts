import { sql } from 'kysely';
import type { ContactChannel } from '../../../domain/outreach/contact-policy.rules.ts';
import type { Ctx } from '../../core/context.ts';

export interface ContactClaim {
  readonly prospectId: string;
  readonly channel: ContactChannel;
  readonly source: { readonly type: 'send' | 'task'; readonly id: string };
}

/** Counts a touch against the caps, in the transaction that decided about it. Repeating it counts nothing twice. */
export async function claimContact(ctx: Ctx, { prospectId, channel, source }: ContactClaim): Promise<void> {
  await sql`
    insert into contact_claims (prospect_id, account_id, channel, source_type, source_id, claimed_at)
    select p.id, p.account_id, ${channel}, ${source.type}, ${source.id}::uuid, ${ctx.now}
    from prospects p where p.organization_id = ${ctx.organizationId} and p.id = ${prospectId}::uuid
    on conflict (organization_id, source_type, source_id) do update set claimed_at = excluded.claimed_at`.execute(
    ctx.tx,
  );
}
