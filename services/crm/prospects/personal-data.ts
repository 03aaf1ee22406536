import { conflict, notFound } from '../../../domain/core/errors.ts';
import type { Identifier } from '../../../domain/data/identifier.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { openPerson, type PrivacyRequestView, requestErasure, requestExport } from '../../data/index.ts';

/**
 * Starts the erasure of the person whom a prospect is, also of a deleted one and of one whom no fact has named: what hangs on
 * them is found from the record of the person. @throws AppError not_found; conflict `MERGED`.
 */
export const eraseProspect = verb(
  { permission: 'prospects.delete' },
  async (ctx, { id }: { id: string }): Promise<PrivacyRequestView> => requestErasure(ctx, await personOf(ctx, id)),
);

/** Starts an export of all that is stored about the person whom a prospect is. @throws as `eraseProspect`. */
export const exportProspectData = verb(
  { permission: 'data.export' },
  async (ctx, { id }: { id: string }): Promise<PrivacyRequestView> => requestExport(ctx, await personOf(ctx, id)),
);

async function personOf(ctx: Ctx, id: string): Promise<string> {
  const row = await ctx.tx
    .selectFrom('prospects')
    .select(['customer_id', 'email_key', 'phone_key', 'merged_into_id'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The prospect');
  if (row.merged_into_id) {
    throw conflict('MERGED', 'The prospect was merged into another one.', {
      hint: 'Ask for the one that it was merged into: both are one person.',
      details: { mergedIntoId: row.merged_into_id },
    });
  }
  if (row.customer_id) return row.customer_id;
  const keys: Identifier[] = [
    ...(row.email_key ? [{ type: 'email', value: row.email_key }] : []),
    ...(row.phone_key ? [{ type: 'phone', value: row.phone_key }] : []),
  ];
  const customerId = await openPerson(ctx, keys);
  await ctx.tx
    .updateTable('prospects')
    .set({ customer_id: customerId })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  return customerId;
}
