import type { Ctx } from '../../core/context.ts';

export interface ContactHold {
  readonly reason: 'support';
  /** Who holds; one source holds one person or account. */
  readonly source: { readonly type: string; readonly id: string };
}

/**
 * Holds outreach to a person or to everybody of an account back until the source lifts it, such as a ticket while it is
 * urgent and open. For upper wings: no permission. Repeating it changes nothing.
 */
export async function placeContactHold(
  ctx: Ctx,
  whom: { readonly prospectId: string } | { readonly accountId: string },
  { reason, source }: ContactHold,
): Promise<void> {
  const prospectId = 'prospectId' in whom ? whom.prospectId : null;
  const accountId = 'accountId' in whom ? whom.accountId : null;
  await ctx.tx
    .insertInto('contact_holds')
    .values({
      prospect_id: prospectId,
      account_id: accountId,
      reason,
      source_type: source.type,
      source_id: source.id,
    })
    .onConflict((clash) =>
      clash
        .columns(['organization_id', 'source_type', 'source_id'])
        .doUpdateSet({ lifted_at: null, prospect_id: prospectId, account_id: accountId }),
    )
    .execute();
}

/** Lets outreach go on as far as this source is concerned. */
export async function liftContactHold(ctx: Ctx, source: ContactHold['source']): Promise<void> {
  await ctx.tx
    .updateTable('contact_holds')
    .set({ lifted_at: ctx.now })
    .where('organization_id', '=', ctx.organizationId)
    .where('source_type', '=', source.type)
    .where('source_id', '=', source.id)
    .where('lifted_at', 'is', null)
    .execute();
}
