import { conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { prospectDeleted, prospectRestored } from '../events.ts';
import { lockRecord } from '../lock-record.ts';
import { requireFreeEmail, requireRoomForProspects } from './create-prospect.ts';
import { type ProspectView, readProspect } from './prospect-view.ts';

/** Hides the prospect everywhere; what it took part in stays. @throws AppError not_found; precondition_failed. */
export const deleteProspect = verb(
  { permission: 'prospects.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    await lockRecord(ctx, 'prospects', input, { alone: true });
    await ctx.tx
      .updateTable('prospects')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    await audit(ctx, 'prospect.delete', { entityType: 'prospect', entityId: input.id });
    await emit(ctx, prospectDeleted, { entityId: input.id, data: { id: input.id } });
    return { id: input.id };
  },
);

/** @throws AppError not_found; conflict `NOT_DELETED`, `MERGED`, `DUPLICATE_PROSPECT`; forbidden `PLAN_LIMIT_REACHED`. */
export const restoreProspect = verb(
  { permission: 'prospects.delete' },
  async (ctx, input: { id: string }): Promise<ProspectView> => {
    const row = await ctx.tx
      .selectFrom('prospects')
      .select(['deleted_at', 'email', 'merged_into_id'])
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound('The prospect');
    if (row.merged_into_id) {
      throw conflict('MERGED', 'The prospect was merged into another one.', {
        hint: 'Undo the merge instead.',
        details: { mergedIntoId: row.merged_into_id },
      });
    }
    if (row.deleted_at === null) throw conflict('NOT_DELETED', 'The prospect is not deleted.');
    if (row.email) await requireFreeEmail(ctx, row.email, input.id);
    await requireRoomForProspects(ctx, 1);
    await ctx.tx
      .updateTable('prospects')
      .set({ deleted_at: null })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    await audit(ctx, 'prospect.restore', { entityType: 'prospect', entityId: input.id });
    await emit(ctx, prospectRestored, { entityId: input.id, data: { id: input.id } });
    return readProspect(ctx, input.id);
  },
);
