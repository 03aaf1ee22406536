import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import { checkCriteria, prospectCondition, prospectsSource } from '../prospects/prospect-filter.ts';

/**
 * The condition of a segment on `prospectsSource`. Its criteria are checked anew: a custom field that they ask may be
 * gone. @throws AppError not_found; validation naming the field.
 */
export async function segmentCondition(ctx: Ctx, segmentId: string): Promise<RawBuilder<boolean>> {
  const row = await ctx.tx
    .selectFrom('contact_segments')
    .select('criteria')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', segmentId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('The segment');
  return prospectCondition(ctx, await checkCriteria(ctx, row.criteria));
}

/** The ids of whoever is in a segment now, as a sub-query. @throws as `segmentCondition` */
export async function segmentProspects(ctx: Ctx, segmentId: string): Promise<RawBuilder<{ id: string }>> {
  const condition = await segmentCondition(ctx, segmentId);
  return sql`select p.id from ${prospectsSource(ctx)} where ${condition}`;
}
