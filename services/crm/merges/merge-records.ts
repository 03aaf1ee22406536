import { type RawBuilder, sql } from 'kysely';
import { AppError, invalid, notFound } from '../../../domain/core/errors.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../core/context.ts';
import { acrossTeams } from '../../core/team-limits.ts';
import { mergeCustomers } from '../../data/index.ts';
import type { MergeShape, Pair } from './merge-shape.ts';

/** What a merge moved, by `table.column`; what an undo gives back, unless somebody moved it on. */
export interface Moved {
  [reference: string]: string[];
}
/** Links of the source that the target had, too: they are gone until an undo brings them back. */
export interface Dropped {
  [table: string]: Record<string, unknown>[];
}
export interface Overwritten {
  columns: Record<string, { before: unknown; after: unknown }>;
  /** Keys that an object took over, with their values. */
  added: Record<string, Record<string, unknown>>;
  customerMergeId: string | null;
}

export interface MergeOutcome {
  mergeId: string;
  /** How many rows of each kind moved. */
  moved: Record<string, number>;
  /** Fields that the target took over because it had no value. */
  filled: string[];
}

interface Row {
  id: string;
  customerId: string | null;
}

/**
 * Everything that names the source names the target from now on; the target keeps its own values and takes over what it
 * lacks; the source is deleted and remembers where it went.
 * @throws AppError not_found for the target; validation for the source.
 */
export async function mergeRecords(
  ctx: Ctx,
  shape: MergeShape,
  { id, sourceId }: { id: string; sourceId: string },
  own: { fills?: Readonly<Record<string, RawBuilder<unknown>>> } = {},
): Promise<MergeOutcome> {
  const both = await lockBoth(ctx, shape, id, sourceId);
  // Whoever may see both merges them whole, with what others know of them.
  return acrossTeams(ctx, () => mergeLocked(ctx, shape, both, own.fills ?? {}));
}

async function mergeLocked(
  ctx: Ctx,
  shape: MergeShape,
  { source, target }: { source: Row; target: Row },
  fills: Readonly<Record<string, RawBuilder<unknown>>>,
): Promise<MergeOutcome> {
  const { id } = target;
  const sourceId = source.id;
  // Before its values move: an address may stand in one living record only.
  await sql`
    update ${sql.table(shape.table)} set deleted_at = ${ctx.now}, merged_into_id = ${id}
    where organization_id = ${ctx.organizationId} and id = ${sourceId}`.execute(ctx.tx);
  const { columns, added } = await fillTarget(ctx, shape, id, sourceId, fills);
  const moved: Moved = {};
  const dropped: Dropped = {};
  for (const [table, column] of shape.references) {
    // An account never becomes its own parent.
    const { rows } = await sql<{ id: string }>`
      update ${sql.table(table)} set ${sql.ref(column)} = ${id}
      where organization_id = ${ctx.organizationId} and ${sql.ref(column)} = ${sourceId} and id <> ${id}
      returning id`.execute(ctx.tx);
    if (rows.length > 0) moved[`${table}.${column}`] = rows.map((row) => row.id);
  }
  for (const pair of shape.pairs) await movePairs(ctx, pair, id, sourceId, moved, dropped);
  const customerMergeId = await mergePersons(ctx, source.customerId, target.customerId);
  const overwritten: Overwritten = { columns, added, customerMergeId };
  const { rows } = await sql<{ id: string }>`
    insert into ${sql.table(shape.merges)} (source_id, target_id, moved, overwritten)
    values (${sourceId}, ${id}, ${JSON.stringify({ moved, dropped })}::jsonb, ${JSON.stringify(overwritten)}::jsonb)
    returning id`.execute(ctx.tx);
  return {
    mergeId: rows[0]!.id,
    moved: countsOf(moved),
    filled: [...Object.keys(columns), ...Object.keys(added)].map(camel).filter((field) => !field.endsWith('Key')),
  };
}

export const countsOf = (moved: Moved): Record<string, number> =>
  Object.fromEntries(Object.entries(moved).map(([reference, ids]) => [camel(reference.split('.')[0]!), ids.length]));

export const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** In the order of their ids, so that two merges never wait for each other. */
async function lockBoth(ctx: Ctx, { table }: MergeShape, targetId: string, sourceId: string) {
  if (targetId === sourceId) throw invalid('sourceId', 'must be another record than the one merged into', sourceId);
  const { rows } = await sql<Row>`
    select id, customer_id as "customerId" from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id in (${targetId}, ${sourceId}) and deleted_at is null
    order by id for update`.execute(ctx.tx);
  const target = rows.find((row) => row.id === targetId);
  const source = rows.find((row) => row.id === sourceId);
  if (!target) throw notFound(table === 'prospects' ? 'The prospect' : 'The account');
  if (!source) throw invalid('sourceId', 'does not exist', sourceId);
  return { source, target };
}

async function fillTarget(
  ctx: Ctx,
  { table, fills, objects }: MergeShape,
  targetId: string,
  sourceId: string,
  own: Readonly<Record<string, RawBuilder<unknown>>>,
): Promise<Pick<Overwritten, 'columns' | 'added'>> {
  const plain = { ...Object.fromEntries(Object.entries(fills).map(([name, value]) => [name, sql.raw(value)])), ...own };
  const sets = [
    ...Object.entries(plain).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
    ...objects.map((column) => sql.raw(`${column} = s.${column} || t.${column}`)),
  ];
  const { rows } = await sql<{ column: string; before: unknown; after: unknown }>`
    with before as materialized (
      select to_jsonb(t) as row from ${sql.table(table)} t
      where t.organization_id = ${ctx.organizationId} and t.id = ${targetId}),
    after as (
      update ${sql.table(table)} t set ${sql.join(sets)}
      from ${sql.table(table)} s
      where t.organization_id = ${ctx.organizationId} and t.id = ${targetId}
        and s.organization_id = ${ctx.organizationId} and s.id = ${sourceId}
      returning to_jsonb(t) as row)
    select name as column, before.row -> name as before, after.row -> name as after
    from before, after, unnest(${sql.val([...Object.keys(plain), ...objects])}::text[]) name
    where before.row -> name is distinct from after.row -> name`.execute(ctx.tx);
  const columns: Overwritten['columns'] = {};
  const added: Overwritten['added'] = {};
  for (const { column, before, after } of rows) {
    if (!objects.includes(column)) columns[column] = { before, after };
    else {
      const known = before as Record<string, unknown>;
      added[column] = Object.fromEntries(
        Object.entries(after as Record<string, unknown>).filter(([key]) => !Object.hasOwn(known, key)),
      );
    }
  }
  return { columns, added };
}

async function movePairs(
  ctx: Ctx,
  { table, column, key, also }: Pair,
  targetId: string,
  sourceId: string,
  moved: Moved,
  dropped: Dropped,
): Promise<void> {
  const extra = sql.raw(also.join(', '));
  const { rows } = await sql<{ key: string; row: Record<string, unknown>; isMoved: boolean }>`
    with gone as (
      delete from ${sql.table(table)}
      where organization_id = ${ctx.organizationId} and ${sql.ref(column)} = ${sourceId} returning *),
    moved as (
      insert into ${sql.table(table)} (${sql.ref(key)}, ${sql.ref(column)}, ${extra})
      select ${sql.ref(key)}, ${targetId}::uuid, ${extra} from gone
      on conflict do nothing returning ${sql.ref(key)} as key)
    select gone.${sql.ref(key)} as key, to_jsonb(gone) - 'organization_id' as row, moved.key is not null as "isMoved"
    from gone left join moved on moved.key = gone.${sql.ref(key)}`.execute(ctx.tx);
  const went = rows.filter((row) => row.isMoved);
  const stayed = rows.filter((row) => !row.isMoved);
  if (went.length > 0) moved[`${table}.${column}`] = went.map((row) => row.key);
  if (stayed.length > 0) dropped[table] = stayed.map(({ row }) => row);
  if (table === 'contact_list_members')
    await countLists(
      ctx,
      stayed.map((row) => row.key),
      -1,
    );
}

export async function countLists(ctx: Ctx, listIds: readonly string[], by: 1 | -1): Promise<void> {
  if (listIds.length === 0) return;
  await sql`
    update contact_lists set member_count = member_count + ${by}::integer
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...listIds])}::uuid[])`.execute(ctx.tx);
}

/** Who may merge records may join the persons behind them. Null when they are one person already. */
async function mergePersons(ctx: Ctx, sourceId: string | null, targetId: string | null): Promise<string | null> {
  if (!sourceId || !targetId || sourceId === targetId) return null;
  try {
    const merge = await mergeCustomers({ ...ctx, principal: SYSTEM_PRINCIPAL }, { sourceId, targetId });
    return merge.mergeId;
  } catch (error) {
    if (error instanceof AppError && error.code === 'SAME_CUSTOMER') return null;
    throw error;
  }
}
