import { sql } from 'kysely';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { logActivity } from '../activities/log-activity.ts';
import { prospectMerged, prospectUnmerged } from '../events.ts';
import { type MergeOutcome, mergeRecords } from '../merges/merge-records.ts';
import { PROSPECT_MERGE } from '../merges/merge-shape.ts';
import { openMerge, type UndoneMerge, undoMerge } from '../merges/undo-merge.ts';
import { requireFreeEmail, requireRoomForProspects } from './create-prospect.ts';
import { type ProspectView, readProspect } from './prospect-view.ts';

export interface ProspectMerge extends MergeOutcome {
  sourceId: string;
  targetId: string;
  prospect: ProspectView;
}

/**
 * Makes one prospect of two: `id` stays and takes over what it lacks and everything that names the source. The persons
 * behind them become one.
 * @throws AppError not_found; validation.
 */
export const mergeProspects = verb(
  { permission: 'prospects.edit' },
  async (ctx, { id, sourceId }: { id: string; sourceId: string }): Promise<ProspectMerge> => {
    const outcome = await mergeRecords(ctx, PROSPECT_MERGE, { id, sourceId });
    await followLastActivity(ctx, [id]);
    await tell(ctx, 'prospect.merge', 'Merged with another prospect', { id, sourceId, mergeId: outcome.mergeId });
    await emit(ctx, prospectMerged, { entityId: id, data: { mergeId: outcome.mergeId, sourceId, targetId: id } });
    return { ...outcome, sourceId, targetId: id, prospect: await readProspect(ctx, id) };
  },
);

/**
 * Makes two of them again. What was changed since the merge stays as it is and is named.
 * @throws AppError not_found; conflict `ALREADY_UNDONE`, `MERGED`, `DUPLICATE_PROSPECT`; forbidden `PLAN_LIMIT_REACHED`.
 */
export const undoProspectMerge = verb(
  { permission: 'prospects.edit' },
  async (ctx, { mergeId }: { mergeId: string }): Promise<UndoneMerge & { prospect: ProspectView }> => {
    const merge = await openMerge(ctx, PROSPECT_MERGE, mergeId);
    const { sourceId, targetId } = merge;
    const { rows } = await sql<{ email: string | null }>`
      select email from prospects where organization_id = ${ctx.organizationId} and id = ${sourceId}`.execute(ctx.tx);
    // The target may hold it because the merge gave it: that one is given back.
    if (rows[0]?.email) await requireFreeEmail(ctx, rows[0].email, targetId);
    await requireRoomForProspects(ctx, 1);
    const undone = await undoMerge(ctx, PROSPECT_MERGE, merge);
    await followLastActivity(ctx, [sourceId, targetId]);
    await tell(ctx, 'prospect.undo_merge', 'Separated from another prospect again', {
      id: targetId,
      sourceId,
      mergeId,
    });
    await emit(ctx, prospectUnmerged, { entityId: targetId, data: { mergeId, sourceId, targetId } });
    return { ...undone, prospect: await readProspect(ctx, sourceId) };
  },
);

/** The last sign of life is that of the timeline, which has moved. */
async function followLastActivity(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await sql`
    update prospects p set last_activity_at = seen.at
    from (
      select one.id, (select max(a.occurred_at) from activities a
                  where a.organization_id = ${ctx.organizationId} and a.prospect_id = one.id and a.deleted_at is null
                    and a.type not in ('status_changed', 'record_changed')) as at
      from unnest(${sql.val([...ids])}::uuid[]) as one(id)) seen
    where p.organization_id = ${ctx.organizationId} and p.id = seen.id
      and p.last_activity_at is distinct from seen.at`.execute(ctx.tx);
}

async function tell(
  ctx: Ctx,
  action: string,
  subject: string,
  { id, sourceId, mergeId }: { id: string; sourceId: string; mergeId: string },
): Promise<void> {
  await audit(ctx, action, { entityType: 'prospect', entityId: id, after: { mergeId, sourceId } });
  await logActivity(ctx, { type: 'record_changed', subject, prospectId: id, data: { mergeId, sourceId } });
}
