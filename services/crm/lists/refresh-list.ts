import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import { startProcess } from '../../core/commands.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { listMembersChanged } from '../events.ts';
import { prospectsSource } from '../prospects/prospect-filter.ts';
import { segmentCondition } from '../segments/segment-condition.ts';

/** Raises the list's generation and starts its process; a refresh that is still going on is overtaken by this one. */
export async function askForRefresh(ctx: Ctx, listId: string): Promise<void> {
  const { generation } = await ctx.tx
    .updateTable('contact_lists')
    .set({ refresh_status: 'pending', generation: sql`generation + 1` })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', listId)
    .returning('generation')
    .executeTakeFirstOrThrow();
  const input = { organizationId: ctx.organizationId, listId, generation };
  await startProcess(ctx, 'listRefresh', { entityId: listId, generation }, input);
}

export interface ListChange {
  entered: number;
  left: number;
}

/**
 * Makes a dynamic list equal to its segment, in one statement and one transaction; one event tells of it. A second
 * attempt finds nothing to do. `onlyIds` looks at these people alone. A full join is never a loop over a loop, which is what
 * became of `not exists` where the planner expected few to be wanted. For processes and reactions: no permission.
 */
export async function refreshMembers(ctx: Ctx, listId: string, onlyIds?: readonly string[]): Promise<ListChange> {
  const list = await ctx.tx
    .selectFrom('contact_lists')
    .select('segment_id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', listId)
    .where('type', '=', 'dynamic')
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!list?.segment_id) return { entered: 0, left: 0 };
  const condition = await segmentCondition(ctx, list.segment_id);
  const only = onlyIds ? sql`and p.id = any(${sql.val([...onlyIds])}::uuid[])` : sql``;
  const { rows } = await sql<{ entered: number; left: number; enteredIds: string[]; leftIds: string[] }>`
    with wanted as materialized (
      select p.id from ${prospectsSource(ctx)} where ${condition} ${only}),
    known as (
      select m.prospect_id as id from contact_list_members m
      where m.organization_id = ${ctx.organizationId} and m.list_id = ${listId}
        ${onlyIds ? sql`and m.prospect_id = any(${sql.val([...onlyIds])}::uuid[])` : sql``}),
    change as materialized (
      select wanted.id as comes, known.id as goes from wanted full join known on known.id = wanted.id
      where wanted.id is null or known.id is null),
    gone as (
      delete from contact_list_members m using change
      where m.organization_id = ${ctx.organizationId} and m.list_id = ${listId} and m.prospect_id = change.goes
      returning m.prospect_id),
    come as (
      insert into contact_list_members (organization_id, list_id, prospect_id)
      select ${ctx.organizationId}, ${listId}, comes from change where comes is not null
      on conflict do nothing returning prospect_id)
    select (select count(*) from come)::integer as entered, (select count(*) from gone)::integer as left,
           array(select prospect_id from come order by prospect_id limit 1000) as "enteredIds",
           array(select prospect_id from gone order by prospect_id limit 1000) as "leftIds"`.execute(ctx.tx);
  const { entered, left, enteredIds, leftIds } = rows[0]!;
  await tellOfMembers(ctx, listId, enteredIds, leftIds, { entered, left });
  return { entered, left };
}

/** One list whose segment asks a field that is gone must not hold up the others: it is marked and keeps its members. */
async function refreshOrMark(ctx: Ctx, listId: string, onlyIds?: readonly string[]): Promise<ListChange> {
  try {
    return await refreshMembers(ctx, listId, onlyIds);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await ctx.tx
      .updateTable('contact_lists')
      .set({ refresh_status: 'failed' })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', listId)
      .execute();
    return { entered: 0, left: 0 };
  }
}

/** The process of a refresh: the newest generation alone marks the list. Answers what changed. */
export async function carryOutRefresh(
  ctx: Ctx,
  { listId, generation }: { listId: string; generation: number },
): Promise<ListChange> {
  const change = await refreshMembers(ctx, listId);
  await markRefresh(ctx, listId, generation, 'completed');
  return change;
}

export async function markRefresh(
  ctx: Ctx,
  listId: string,
  generation: number,
  status: 'completed' | 'failed',
): Promise<void> {
  await ctx.tx
    .updateTable('contact_lists')
    .set({ refresh_status: status, refreshed_at: ctx.now })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', listId)
    .where('generation', '=', generation)
    .execute();
}

/** Lists that follow time: what was within the last 30 days is not so tomorrow. Answers how many people moved. */
export async function refreshAllLists(ctx: Ctx): Promise<number> {
  let moved = 0;
  for (const id of await dynamicLists(ctx)) {
    const { entered, left } = await refreshOrMark(ctx, id);
    moved += entered + left;
  }
  return moved;
}

/** After something happened to people: their place in each dynamic list, and nobody else's. */
export async function followPeople(ctx: Ctx, prospectIds: readonly string[]): Promise<void> {
  if (prospectIds.length === 0) return;
  for (const id of await dynamicLists(ctx)) await refreshOrMark(ctx, id, prospectIds);
}

/** As `followPeople`, for the people of facts that came in. */
export async function followPeopleOfFacts(
  ctx: Ctx,
  table: 'interactions' | 'conversions' | 'events' | 'website_page_views',
  factIds: readonly string[],
): Promise<void> {
  const lists = await dynamicLists(ctx);
  if (lists.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select p.id from ${prospectsSource(ctx)}
    where p.person_id in (
      select coalesce(person.canonical_id, f.customer_id) from ${sql.table(table)} f
      left join identity_links person on person.organization_id = f.organization_id
        and person.customer_id = f.customer_id and person.ended_xid is null
      where f.organization_id = ${ctx.organizationId} and f.id = any(${sql.val([...factIds])}::uuid[]))`.execute(
    ctx.tx,
  );
  const people = rows.map((row) => row.id);
  if (people.length > 0) for (const id of lists) await refreshOrMark(ctx, id, people);
}

export async function dynamicLists(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('contact_lists')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('type', '=', 'dynamic')
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** An event carries so many ids at most; whoever needs all of them reads the list. */
const MOST_IDS = 1_000;

export async function tellOfMembers(
  ctx: Ctx,
  listId: string,
  entered: readonly string[],
  left: readonly string[],
  counts = { entered: entered.length, left: left.length },
): Promise<void> {
  if (counts.entered + counts.left === 0) return;
  await emit(ctx, listMembersChanged, {
    entityId: listId,
    data: {
      id: listId,
      entered: counts.entered,
      left: counts.left,
      enteredIds: entered.slice(0, MOST_IDS),
      leftIds: left.slice(0, MOST_IDS),
    },
  });
}
