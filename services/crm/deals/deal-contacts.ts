import { conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { PageInput } from '../../core/page.ts';
import { prospectUpdated } from '../events.ts';
import { requireRecords } from '../references.ts';
import { type DealContact, readContacts, readDeal } from './deal-view.ts';

/** @throws AppError not_found; validation; conflict `ALREADY_LINKED`. */
export const addDealContact = verb(
  { permission: 'deals.edit' },
  async (ctx, input: { id: string; prospectId: string; role?: string | undefined }): Promise<DealContact> => {
    await readDeal(ctx, input.id);
    await requireRecords(ctx, { prospectId: input.prospectId });
    const added = await ctx.tx
      .insertInto('deal_contacts')
      .values({ deal_id: input.id, prospect_id: input.prospectId, role: input.role ?? null })
      .onConflict((target) => target.columns(['organization_id', 'deal_id', 'prospect_id']).doNothing())
      .returning('prospect_id')
      .executeTakeFirst();
    if (!added) {
      throw conflict('ALREADY_LINKED', 'The prospect is a contact of this deal already.', {
        issues: [{ field: 'prospectId', message: 'is linked already', value: input.prospectId }],
      });
    }
    await audit(ctx, 'deal.add_contact', {
      entityType: 'deal',
      entityId: input.id,
      after: { prospectId: input.prospectId, role: input.role ?? null },
    });
    await tellOfPerson(ctx, input.prospectId);
    return (await readContacts(ctx, input.id)).find((contact) => contact.prospectId === input.prospectId)!;
  },
);

/** @throws AppError not_found. */
export const listDealContacts = verb(
  { permission: 'deals.view' },
  async (ctx, input: PageInput & { id: string }): Promise<{ items: DealContact[]; total: number }> => {
    const { contacts } = await readDeal(ctx, input.id);
    const first = (input.page - 1) * input.limit;
    return { items: contacts.slice(first, first + input.limit), total: contacts.length };
  },
);

/** @throws AppError not_found, also when they are not linked. */
export const removeDealContact = verb(
  { permission: 'deals.edit' },
  async (ctx, input: { id: string; prospectId: string }): Promise<{ id: string; prospectId: string }> => {
    const removed = await ctx.tx
      .deleteFrom('deal_contacts')
      .where('organization_id', '=', ctx.organizationId)
      .where('deal_id', '=', input.id)
      .where('prospect_id', '=', input.prospectId)
      .returning('prospect_id')
      .executeTakeFirst();
    if (!removed) throw notFound('The contact of the deal');
    await audit(ctx, 'deal.remove_contact', {
      entityType: 'deal',
      entityId: input.id,
      before: { prospectId: input.prospectId },
    });
    await tellOfPerson(ctx, input.prospectId);
    return input;
  },
);

/** Which deals somebody has decides which lists they are in. */
const tellOfPerson = (ctx: Ctx, id: string): Promise<void> =>
  emit(ctx, prospectUpdated, { entityId: id, data: { id, fields: ['deals'] } });
