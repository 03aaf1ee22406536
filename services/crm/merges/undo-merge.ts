import { sql } from 'kysely';
import { AppError, conflict, notFound } from '../../../domain/core/errors.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../core/context.ts';
import { acrossTeams } from '../../core/team-limits.ts';
import { unmergeCustomer } from '../../data/index.ts';
import { camel, countLists, countsOf, type Dropped, type Moved, type Overwritten } from './merge-records.ts';
import type { MergeShape, Pair } from './merge-shape.ts';

export interface UndoneMerge {
  mergeId: string;
  sourceId: string;
  targetId: string;
  /** How many rows of each kind went back. */
  restored: Record<string, number>;
  /** What was changed since the merge and stays as it is now. */
  kept: { fields: string[]; records: Record<string, number> };
  undoneAt: Date;
}

export interface OpenMerge {
  mergeId: string;
  sourceId: string;
  targetId: string;
  moved: Moved;
  dropped: Dropped;
  overwritten: Overwritten;
}

/** Holds merge, source and target. @throws AppError not_found; conflict `ALREADY_UNDONE`, `MERGED`. */
export async function openMerge(ctx: Ctx, { merges, table }: MergeShape, mergeId: string): Promise<OpenMerge> {
  const { rows } = await sql<{
    sourceId: string;
    targetId: string;
    moved: { moved: Moved; dropped: Dropped };
    overwritten: Overwritten;
    undoneAt: Date | null;
  }>`
    select source_id as "sourceId", target_id as "targetId", moved, overwritten, undone_at as "undoneAt"
    from ${sql.table(merges)} where organization_id = ${ctx.organizationId} and id = ${mergeId} for update`.execute(
    ctx.tx,
  );
  const merge = rows[0];
  if (!merge) throw notFound('The merge');
  if (merge.undoneAt) {
    throw conflict('ALREADY_UNDONE', 'The merge was undone already.', {
      hint: 'Nothing was changed.',
      details: { undoneAt: merge.undoneAt.toISOString() },
    });
  }
  const { rows: records } = await sql<{ id: string; mergedIntoId: string | null }>`
    select id, merged_into_id as "mergedIntoId" from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id in (${merge.sourceId}, ${merge.targetId})
    order by id for update`.execute(ctx.tx);
  if (records.length < 2) throw notFound('The merge');
  const later = records.find((row) => row.id === merge.targetId)?.mergedIntoId;
  if (later) {
    throw conflict('MERGED', 'What it was merged into has been merged into another one since.', {
      hint: 'Undo the later merge first.',
      details: { mergedIntoId: later },
    });
  }
  return { mergeId, ...merge, ...merge.moved };
}

/**
 * Puts back what the merge moved and took over, where it still is as the merge left it: later edits stay and are named.
 * The caller has made sure that the source may live again.
 */
export const undoMerge = (ctx: Ctx, shape: MergeShape, merge: OpenMerge): Promise<UndoneMerge> =>
  acrossTeams(ctx, () => undoOpened(ctx, shape, merge));

async function undoOpened(ctx: Ctx, shape: MergeShape, merge: OpenMerge): Promise<UndoneMerge> {
  const { mergeId, sourceId, targetId, moved, dropped, overwritten } = merge;
  const fields = await emptyTarget(ctx, shape, targetId, overwritten);
  await sql`
    update ${sql.table(shape.table)} set deleted_at = null, merged_into_id = null
    where organization_id = ${ctx.organizationId} and id = ${sourceId}`.execute(ctx.tx);
  const back: Moved = {};
  for (const [table, column] of shape.references) {
    const ids = moved[`${table}.${column}`] ?? [];
    if (ids.length === 0) continue;
    const { rows } = await sql<{ id: string }>`
      update ${sql.table(table)} set ${sql.ref(column)} = ${sourceId}
      where organization_id = ${ctx.organizationId} and id = any(${sql.val(ids)}::uuid[])
        and ${sql.ref(column)} = ${targetId}
      returning id`.execute(ctx.tx);
    back[`${table}.${column}`] = rows.map((row) => row.id);
  }
  for (const pair of shape.pairs) {
    const reference = `${pair.table}.${pair.column}`;
    const keys = moved[reference] ?? [];
    if (keys.length > 0) back[reference] = await returnPairs(ctx, pair, targetId, sourceId, keys);
    await restoreDropped(ctx, pair, targetId, dropped[pair.table] ?? []);
  }
  await separatePersons(ctx, shape, sourceId, overwritten.customerMergeId);
  await sql`
    update ${sql.table(shape.merges)} set undone_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${mergeId}`.execute(ctx.tx);
  const records = Object.fromEntries(
    Object.entries(moved).flatMap(([reference, ids]) => {
      const kept = ids.length - (back[reference]?.length ?? 0);
      return kept > 0 ? [[camel(reference.split('.')[0]!), kept]] : [];
    }),
  );
  return { mergeId, sourceId, targetId, restored: countsOf(back), kept: { fields, records }, undoneAt: ctx.now };
}

/** Gives back what the target took over and still has. @returns fields that were changed since */
async function emptyTarget(
  ctx: Ctx,
  { table }: MergeShape,
  targetId: string,
  overwritten: Overwritten,
): Promise<string[]> {
  const columns = Object.entries(overwritten.columns);
  const objects = Object.entries(overwritten.added);
  if (columns.length + objects.length === 0) return [];
  const before = JSON.stringify(Object.fromEntries(columns.map(([column, value]) => [column, value.before])));
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) as row from ${sql.table(table)} t
    where t.organization_id = ${ctx.organizationId} and t.id = ${targetId}`.execute(ctx.tx);
  const current = rows[0]?.row ?? {};
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  const untouched = columns.filter(([column, { after }]) => same(current[column], after));
  const kept = columns.filter(([column, { after }]) => !same(current[column], after)).map(([column]) => column);
  const sets = untouched.map(
    ([column]) =>
      sql`${sql.ref(column)} = (jsonb_populate_record(null::${sql.table(table)}, ${before}::jsonb)).${sql.ref(column)}`,
  );
  for (const [column, added] of objects) {
    const now = (current[column] ?? {}) as Record<string, unknown>;
    const gone = Object.keys(added).filter((key) => Object.hasOwn(now, key) && same(now[key], added[key]));
    if (gone.length < Object.keys(added).length) kept.push(column);
    if (gone.length > 0) sets.push(sql`${sql.ref(column)} = ${sql.ref(column)} - ${sql.val(gone)}::text[]`);
  }
  if (sets.length > 0) {
    await sql`
      update ${sql.table(table)} set ${sql.join(sets)}
      where organization_id = ${ctx.organizationId} and id = ${targetId}`.execute(ctx.tx);
  }
  return kept.map(camel).filter((field) => !field.endsWith('Key'));
}

/** Links that the target still has go back as they are now. */
async function returnPairs(
  ctx: Ctx,
  { table, column, key, also }: Pair,
  targetId: string,
  sourceId: string,
  keys: readonly string[],
): Promise<string[]> {
  const extra = sql.raw(also.join(', '));
  const { rows } = await sql<{ key: string }>`
    with gone as (
      delete from ${sql.table(table)}
      where organization_id = ${ctx.organizationId} and ${sql.ref(column)} = ${targetId}
        and ${sql.ref(key)} = any(${sql.val([...keys])}::uuid[])
      returning *)
    insert into ${sql.table(table)} (${sql.ref(key)}, ${sql.ref(column)}, ${extra})
    select ${sql.ref(key)}, ${sourceId}::uuid, ${extra} from gone
    on conflict do nothing returning ${sql.ref(key)} as key`.execute(ctx.tx);
  return rows.map((row) => row.key);
}

/** Links that both had come back where the target still has its own. */
async function restoreDropped(
  ctx: Ctx,
  { table, column, key, also }: Pair,
  targetId: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = sql.raw([key, column, ...also].map((name) => `r.${name}`).join(', '));
  const { rows: back } = await sql<{ key: string }>`
    insert into ${sql.table(table)} (${sql.raw([key, column, ...also].join(', '))})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) r
    where exists (
      select from ${sql.table(table)} o where o.organization_id = ${ctx.organizationId}
        and o.${sql.ref(key)} = r.${sql.ref(key)} and o.${sql.ref(column)} = ${targetId})
    on conflict do nothing returning ${sql.ref(key)} as key`.execute(ctx.tx);
  if (table === 'contact_list_members')
    await countLists(
      ctx,
      back.map((row) => row.key),
      1,
    );
}

async function separatePersons(
  ctx: Ctx,
  { table }: MergeShape,
  sourceId: string,
  mergeId: string | null,
): Promise<void> {
  if (!mergeId) return;
  const { rows } = await sql<{ customerId: string | null }>`
    select customer_id as "customerId" from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id = ${sourceId}`.execute(ctx.tx);
  const customerId = rows[0]?.customerId;
  if (!customerId) return;
  try {
    await unmergeCustomer({ ...ctx, principal: SYSTEM_PRINCIPAL }, { customerId, mergeId });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'ALREADY_UNMERGED')) throw error;
  }
}
