import type { RetentionStep } from '../../../domain/data/privacy.rules.ts';
import type { Db } from '../../../schema/db.ts';
import type { Ctx } from '../../core/context.ts';
import { deleteAnonymous, ERASE_BATCH, eraseTexts } from './erase-texts.ts';
import type { PersonRecords } from './person-records.ts';

const DAY_MS = 86_400_000;

export interface Retention {
  organizationId: string;
  retentionDays: number;
}

/** Organizations that keep texts for a limited time. @param platformDb pool of the platform role. */
export async function listRetentions(platformDb: Db): Promise<Retention[]> {
  const rows = await platformDb
    .selectFrom('organizations')
    .select(['id', 'retention_days'])
    .where('retention_days', 'is not', null)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ organizationId: row.id, retentionDays: row.retention_days! }));
}

const endOf = (ctx: Ctx, retentionDays: number): Date => new Date(ctx.now.getTime() - retentionDays * DAY_MS);

/** One batch of what an upper wing keeps for longer than the organization wants. */
export async function retainRecords(
  ctx: Ctx,
  { retain }: PersonRecords,
  retentionDays: number,
): Promise<{ count: number; more: boolean }> {
  const count = (await retain?.(ctx, endOf(ctx, retentionDays))) ?? 0;
  return { count, more: count >= ERASE_BATCH };
}

/** One batch of what is older than the organization keeps. @returns rows done, and whether there may be more. */
export async function retainBatch(
  ctx: Ctx,
  step: RetentionStep,
  retentionDays: number,
): Promise<{ count: number; more: boolean }> {
  const before = endOf(ctx, retentionDays);
  if (step === 'events' || step === 'page_views') {
    const deleted = await deleteAnonymous(ctx, step, before);
    if (deleted >= ERASE_BATCH) return { count: deleted, more: true };
    const blanked = await eraseTexts(ctx, step, { before });
    return { count: deleted + blanked, more: blanked >= ERASE_BATCH };
  }
  const count = await eraseTexts(ctx, step, { before });
  return { count, more: count >= ERASE_BATCH };
}
