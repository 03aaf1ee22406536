import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { readList } from '../lists/list-view.ts';
import { segmentCondition } from '../segments/segment-condition.ts';
import { checkCriteria, prospectCondition, prospectsSource } from './prospect-filter.ts';

export interface ProspectSelection {
  listId?: string | undefined;
  segmentId?: string | undefined;
  /** A filter tree. */
  filter?: Record<string, unknown> | undefined;
}

/** One more than any caller takes, so that they can tell. */
const MOST = 20_000;

/** The prospects of a list, of a segment as it is now, or of a filter; in order of creation. @throws AppError not_found; validation. */
export async function prospectsMatching(ctx: Ctx, { listId, segmentId, filter }: ProspectSelection): Promise<string[]> {
  const conditions = [
    ...(segmentId === undefined ? [] : [await segmentCondition(ctx, segmentId)]),
    ...(filter === undefined ? [] : [await prospectCondition(ctx, await checkCriteria(ctx, filter))]),
  ];
  if (listId !== undefined) {
    await readList(ctx, listId);
    conditions.push(sql<boolean>`exists (
      select from contact_list_members m
      where m.organization_id = p.organization_id and m.list_id = ${listId} and m.prospect_id = p.id)`);
  }
  const { rows } = await sql<{ id: string }>`
    select p.id from ${prospectsSource(ctx)}
    where ${sql.join(conditions, sql` and `)}
    order by p.created_at, p.id limit ${MOST}`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}
