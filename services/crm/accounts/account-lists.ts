import { verb } from '../../core/context.ts';
import type { PageInput } from '../../core/page.ts';
import { type DealFilter, type DealView, listDeals } from '../deals/deal-view.ts';
import { type ListProspectsInput, listProspects, type ProspectView } from '../prospects/prospect-view.ts';
import { readAccount } from './account-view.ts';

/** Prospects of the account. @throws AppError not_found. */
export const listAccountContacts = verb(
  { permission: 'prospects.view' },
  async (
    ctx,
    { id, ...input }: ListProspectsInput & { id: string },
  ): Promise<{ items: ProspectView[]; total: number }> => {
    await readAccount(ctx, id);
    return listProspects(ctx, { ...input, accountId: id });
  },
);

/** @throws AppError not_found. */
export const listAccountDeals = verb(
  { permission: 'deals.view' },
  async (
    ctx,
    { id, ...input }: DealFilter & PageInput & { id: string },
  ): Promise<{ items: DealView[]; total: number }> => {
    await readAccount(ctx, id);
    return listDeals(ctx, { ...input, accountId: id });
  },
);
