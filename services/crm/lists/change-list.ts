import { sql } from 'kysely';
import { conflict, invalid, invalidAll, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { actingUser } from '../activities/log-activity.ts';
import { type LockInput, lockRecord } from '../lock-record.ts';
import { type ListType, type ListView, readList } from './list-view.ts';
import { askForRefresh, dynamicLists, tellOfMembers } from './refresh-list.ts';

export interface CreateListInput {
  name: string;
  description?: string | null | undefined;
  type: ListType;
  segmentId?: string | null | undefined;
}

/** A dynamic list is filled at once by its process. @throws AppError validation; conflict `DUPLICATE_LIST`. */
export const createList = verb({ permission: 'lists.edit' }, async (ctx, input: CreateListInput): Promise<ListView> => {
  if (input.type === 'dynamic' && !input.segmentId) throw invalid('segmentId', 'is required for a dynamic list');
  if (input.type === 'static' && input.segmentId) throw invalid('segmentId', 'belongs to a dynamic list');
  await requireFreeName(ctx, input.name);
  if (input.segmentId) await requireSegment(ctx, input.segmentId);
  if (input.type === 'dynamic') await requireRoom(ctx);
  const { id } = await ctx.tx
    .insertInto('contact_lists')
    .values({
      name: input.name,
      description: input.description ?? null,
      type: input.type,
      segment_id: input.segmentId ?? null,
      created_by: actingUser(ctx),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(ctx, 'list.create', { entityType: 'list', entityId: id, after: { name: input.name, type: input.type } });
  if (input.type === 'dynamic') await askForRefresh(ctx, id);
  return readList(ctx, id);
});

export interface UpdateListInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: { name?: string | undefined; description?: string | null | undefined; segmentId?: string | undefined };
}

/** Partial; another segment refreshes the list. @throws AppError not_found; validation; conflict `DUPLICATE_LIST`. */
export const updateList = verb(
  { permission: 'lists.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateListInput): Promise<ListView> => {
    const before = await lockList(ctx, { id, expectedVersion });
    if (changes.segmentId !== undefined) {
      if (before.type === 'static') throw invalid('segmentId', 'belongs to a dynamic list', changes.segmentId);
      await requireSegment(ctx, changes.segmentId);
    }
    if (changes.name !== undefined) await requireFreeName(ctx, changes.name, id);
    if (Object.values(changes).every((value) => value === undefined)) return readList(ctx, id);
    await ctx.tx
      .updateTable('contact_lists')
      .set({
        ...(changes.name === undefined ? {} : { name: changes.name }),
        ...(changes.description === undefined ? {} : { description: changes.description }),
        ...(changes.segmentId === undefined ? {} : { segment_id: changes.segmentId }),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'list.update', { entityType: 'list', entityId: id, after: { ...changes } });
    if (changes.segmentId !== undefined && changes.segmentId !== before.segment_id) await askForRefresh(ctx, id);
    return readList(ctx, id);
  },
);

/** @throws AppError not_found; precondition_failed. */
export const deleteList = verb(
  { permission: 'lists.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    await lockList(ctx, input);
    await ctx.tx
      .updateTable('contact_lists')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    await audit(ctx, 'list.delete', { entityType: 'list', entityId: input.id });
    return { id: input.id };
  },
);

/** Those who are members already stay so. @throws AppError not_found; conflict `LIST_IS_DYNAMIC`; validation naming unknown ids. */
export const addListMembers = verb(
  { permission: 'lists.edit' },
  async (
    ctx,
    input: { id: string; prospectIds: readonly string[] },
  ): Promise<{ id: string; added: number; alreadyMembers: number; memberCount: number }> => {
    await lockStatic(ctx, input.id);
    const wanted = [...new Set(input.prospectIds)];
    const known = await ctx.tx
      .selectFrom('prospects')
      .select('id')
      .where('organization_id', '=', ctx.organizationId)
      .where('id', 'in', wanted)
      .where('deleted_at', 'is', null)
      .execute();
    const found = new Set(known.map((row) => row.id));
    const unknown = input.prospectIds.flatMap((id, index) =>
      found.has(id.toLowerCase()) ? [] : [{ field: `prospectIds.${index}`, message: 'does not exist', value: id }],
    );
    if (unknown.length > 0) throw invalidAll(unknown);
    const { rows } = await sql<{ id: string }>`
      insert into contact_list_members (organization_id, list_id, prospect_id, added_by)
      select ${ctx.organizationId}, ${input.id}, id, ${actingUser(ctx)}::uuid from unnest(${sql.val([...found])}::uuid[]) id
      on conflict do nothing returning prospect_id as id`.execute(ctx.tx);
    await tellOfMembers(
      ctx,
      input.id,
      rows.map((row) => row.id),
      [],
    );
    await audit(ctx, 'list.add_members', { entityType: 'list', entityId: input.id, after: { added: rows.length } });
    const { memberCount } = await readList(ctx, input.id);
    return { id: input.id, added: rows.length, alreadyMembers: found.size - rows.length, memberCount };
  },
);

/** @throws AppError not_found, also when they are no member; conflict `LIST_IS_DYNAMIC`. */
export const removeListMember = verb(
  { permission: 'lists.edit' },
  async (ctx, input: { id: string; prospectId: string }): Promise<{ id: string; prospectId: string }> => {
    await lockStatic(ctx, input.id);
    const removed = await ctx.tx
      .deleteFrom('contact_list_members')
      .where('organization_id', '=', ctx.organizationId)
      .where('list_id', '=', input.id)
      .where('prospect_id', '=', input.prospectId)
      .returning('prospect_id')
      .executeTakeFirst();
    if (!removed) throw notFound('The member of the list');
    await tellOfMembers(ctx, input.id, [], [input.prospectId]);
    await audit(ctx, 'list.remove_member', {
      entityType: 'list',
      entityId: input.id,
      before: { prospectId: input.prospectId },
    });
    return input;
  },
);

/** The dynamic list follows its segment now. @throws AppError not_found; conflict `LIST_IS_STATIC`. */
export const refreshList = verb({ permission: 'lists.edit' }, async (ctx, input: { id: string }): Promise<ListView> => {
  const list = await lockList(ctx, input);
  if (list.type === 'static') {
    throw conflict('LIST_IS_STATIC', 'A static list has no segment to follow.', {
      hint: 'Add and remove its members by hand.',
    });
  }
  await askForRefresh(ctx, input.id);
  return readList(ctx, input.id);
});

interface ListRow {
  type: 'static' | 'dynamic';
  segment_id: string | null;
}
const lockList = (ctx: Ctx, input: LockInput) =>
  lockRecord<ListRow>(ctx, 'contact_lists', input, { columns: ['type', 'segment_id'] });

async function lockStatic(ctx: Ctx, id: string): Promise<void> {
  const list = await lockList(ctx, { id });
  if (list.type === 'static') return;
  throw conflict('LIST_IS_DYNAMIC', 'The members of a dynamic list are those of its segment.', {
    hint: 'Change the criteria of the segment, or make a static list.',
  });
}

/** Each event about a person is held against every dynamic list. @throws AppError conflict `TOO_MANY_LISTS`. */
async function requireRoom(ctx: Ctx): Promise<void> {
  const lists = await dynamicLists(ctx);
  if (lists.length < MOST_DYNAMIC) return;
  throw conflict('TOO_MANY_LISTS', `There are ${MOST_DYNAMIC} dynamic lists already.`, {
    hint: 'Delete some; a segment can be read without a list, too.',
  });
}

const MOST_DYNAMIC = 200;

async function requireSegment(ctx: Ctx, segmentId: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom('contact_segments')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', segmentId)
    .where('deleted_at', 'is', null)
    .forKeyShare()
    .executeTakeFirst();
  if (!row) throw invalid('segmentId', 'does not exist', segmentId);
}

async function requireFreeName(ctx: Ctx, name: string, ownId?: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from contact_lists
    where organization_id = ${ctx.organizationId} and lower(name) = lower(${name}) and deleted_at is null`.execute(
    ctx.tx,
  );
  if (!rows[0] || rows[0].id === ownId) return;
  throw conflict('DUPLICATE_LIST', `A list named ${name} exists already.`, {
    issues: [{ field: 'name', message: 'exists already', value: name }],
    details: { existingId: rows[0].id },
  });
}
