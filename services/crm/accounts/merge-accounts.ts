import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { logActivity } from '../activities/log-activity.ts';
import { accountMerged, accountUnmerged } from '../events.ts';
import { type MergeOutcome, mergeRecords } from '../merges/merge-records.ts';
import { ACCOUNT_MERGE } from '../merges/merge-shape.ts';
import { openMerge, type UndoneMerge, undoMerge } from '../merges/undo-merge.ts';
import { type AccountDetail, readAccount } from './account-view.ts';
import { lockTree, requireFreeDomain } from './change-account.ts';

export interface AccountMerge extends MergeOutcome {
  sourceId: string;
  targetId: string;
  account: AccountDetail;
}

/**
 * Makes one account of two: `id` stays and takes over what it lacks, the contacts, deals and children of the source and
 * everything else that names it.
 * @throws AppError not_found; validation.
 */
export const mergeAccounts = verb(
  { permission: 'accounts.edit' },
  async (ctx, { id, sourceId }: { id: string; sourceId: string }): Promise<AccountMerge> => {
    await lockTree(ctx);
    const outcome = await mergeRecords(
      ctx,
      ACCOUNT_MERGE,
      { id, sourceId },
      { fills: await parentOf(ctx, id, sourceId) },
    );
    const data = { mergeId: outcome.mergeId, sourceId, targetId: id };
    await audit(ctx, 'account.merge', { entityType: 'account', entityId: id, after: data });
    await logActivity(ctx, { type: 'record_changed', subject: 'Merged with another account', accountId: id, data });
    await emit(ctx, accountMerged, { entityId: id, data });
    return { ...outcome, sourceId, targetId: id, account: await readAccount(ctx, id) };
  },
);

/** An account that stood below the source takes its place; one that stands above it gets no parent from it. */
async function parentOf(ctx: Ctx, id: string, sourceId: string) {
  const isAbove = (upper: string, lower: string) => sql`
    exists (
      with recursive above as (
        select a.parent_account_id as id from accounts a
        where a.organization_id = ${ctx.organizationId} and a.id = ${lower}
        union
        select a.parent_account_id from above
        join accounts a on a.organization_id = ${ctx.organizationId} and a.id = above.id)
      select from above where id = ${upper})`;
  const { rows } = await sql<{ sourceAbove: boolean; targetAbove: boolean }>`
    select ${isAbove(sourceId, id)} as "sourceAbove", ${isAbove(id, sourceId)} as "targetAbove"`.execute(ctx.tx);
  const { sourceAbove, targetAbove } = rows[0]!;
  const value = sourceAbove
    ? 's.parent_account_id'
    : targetAbove
      ? 't.parent_account_id'
      : 'coalesce(t.parent_account_id, s.parent_account_id)';
  return { parent_account_id: sql.raw(value) };
}

/**
 * Makes two of them again. What was changed since the merge stays as it is and is named.
 * @throws AppError not_found; conflict `ALREADY_UNDONE`, `MERGED`, `DUPLICATE_ACCOUNT`, `ACCOUNT_CYCLE`.
 */
export const undoAccountMerge = verb(
  { permission: 'accounts.edit' },
  async (ctx, { mergeId }: { mergeId: string }): Promise<UndoneMerge & { account: AccountDetail }> => {
    await lockTree(ctx);
    const merge = await openMerge(ctx, ACCOUNT_MERGE, mergeId);
    const { sourceId, targetId } = merge;
    const { rows } = await sql<{ domain: string | null }>`
      select domain from accounts where organization_id = ${ctx.organizationId} and id = ${sourceId}`.execute(ctx.tx);
    if (rows[0]?.domain) await requireFreeDomain(ctx, rows[0].domain, targetId);
    const undone = await undoMerge(ctx, ACCOUNT_MERGE, merge);
    await requireNoCircle(ctx, [sourceId, targetId]);
    const data = { mergeId, sourceId, targetId };
    await audit(ctx, 'account.undo_merge', { entityType: 'account', entityId: targetId, after: data });
    const subject = 'Separated from another account again';
    await logActivity(ctx, { type: 'record_changed', subject, accountId: targetId, data });
    await emit(ctx, accountUnmerged, { entityId: targetId, data });
    return { ...undone, account: await readAccount(ctx, sourceId) };
  },
);

/** Parents that were set since the merge may close a circle with those that come back. */
async function requireNoCircle(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql`
    with recursive above as (
      select a.id as start, a.parent_account_id as id from accounts a
      where a.organization_id = ${ctx.organizationId} and a.id = any(${sql.val([...ids])}::uuid[])
      union
      select above.start, a.parent_account_id from above
      join accounts a on a.organization_id = ${ctx.organizationId} and a.id = above.id)
    select 1 from above where id = start`.execute(ctx.tx);
  if (rows.length === 0) return;
  throw conflict('ACCOUNT_CYCLE', 'Parents that were set since the merge would close a circle.', {
    hint: 'Take the parent away from the merged account first.',
  });
}
