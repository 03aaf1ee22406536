import { type RawBuilder, sql } from 'kysely';
import { conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { actingUser } from '../activities/log-activity.ts';
import { lockRecord } from '../lock-record.ts';
import { checkCriteria, prospectCondition, prospectsSource } from '../prospects/prospect-filter.ts';
import { PROSPECT_COLUMNS, type ProspectView } from '../prospects/prospect-view.ts';
import { segmentCondition } from './segment-condition.ts';

export interface SegmentView {
  id: string;
  name: string;
  description: string | null;
  /** A filter tree over prospects. */
  criteria: Record<string, unknown>;
  /** As last counted; reading one segment counts anew. */
  memberCount: number | null;
  countedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  id, name, description, criteria, member_count as "memberCount", counted_at as "countedAt", created_at as "createdAt",
  updated_at as "updatedAt", version`);

async function readSegment(ctx: Ctx, id: string): Promise<SegmentView> {
  const { rows } = await sql<SegmentView>`
    select ${COLUMNS} from contact_segments
    where organization_id = ${ctx.organizationId} and id = ${id} and deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The segment');
  return rows[0];
}

/** With its size now. @throws AppError not_found; validation when it asks a custom field that is gone. */
export const getSegment = verb(
  { permission: 'lists.view' },
  async (ctx, input: { id: string }): Promise<SegmentView> => {
    const segment = await readSegment(ctx, input.id);
    const { count } = await countProspects(ctx, await segmentCondition(ctx, input.id));
    return { ...segment, memberCount: count, countedAt: ctx.now };
  },
);

/** By name. */
export const listSegments = verb(
  { permission: 'lists.view' },
  async (ctx, input: PageInput): Promise<{ items: SegmentView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<SegmentView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from contact_segments
        where organization_id = ${ctx.organizationId} and deleted_at is null
        order by lower(name), id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface SegmentInput {
  name: string;
  description?: string | null | undefined;
  criteria: Record<string, unknown>;
}

/** Counted at once. @throws AppError validation below `criteria`; conflict `DUPLICATE_SEGMENT`. */
export const createSegment = verb(
  { permission: 'lists.edit' },
  async (ctx, input: SegmentInput): Promise<SegmentView> => {
    await requireFreeName(ctx, input.name);
    const { criteria, count } = await counted(ctx, input.criteria);
    const { id } = await ctx.tx
      .insertInto('contact_segments')
      .values({
        name: input.name,
        description: input.description ?? null,
        criteria,
        member_count: count,
        counted_at: ctx.now,
        created_by: actingUser(ctx),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'segment.create', { entityType: 'segment', entityId: id, after: { name: input.name } });
    return readSegment(ctx, id);
  },
);

/** Partial. Dynamic lists of the segment follow with their next refresh. @throws as `createSegment`; precondition_failed. */
export const updateSegment = verb(
  { permission: 'lists.edit' },
  async (
    ctx,
    input: {
      id: string;
      expectedVersion?: number | undefined;
      changes: { [K in keyof SegmentInput]?: SegmentInput[K] | undefined };
    },
  ): Promise<SegmentView> => {
    const { id, changes } = input;
    await lockRecord(ctx, 'contact_segments', input);
    const before = await readSegment(ctx, id);
    if (changes.name !== undefined) await requireFreeName(ctx, changes.name, id);
    const fresh = changes.criteria === undefined ? undefined : await counted(ctx, changes.criteria);
    await ctx.tx
      .updateTable('contact_segments')
      .set({
        name: changes.name ?? before.name,
        description: changes.description === undefined ? before.description : changes.description,
        ...(fresh ? { criteria: fresh.criteria, member_count: fresh.count, counted_at: ctx.now } : {}),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'segment.update', {
      entityType: 'segment',
      entityId: id,
      after: { fields: Object.keys(changes) },
    });
    return readSegment(ctx, id);
  },
);

/** @throws AppError not_found; conflict `SEGMENT_IN_USE` naming the lists; precondition_failed. */
export const deleteSegment = verb(
  { permission: 'lists.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    await lockRecord(ctx, 'contact_segments', input, { alone: true });
    const lists = await ctx.tx
      .selectFrom('contact_lists')
      .select(['id', 'name'])
      .where('organization_id', '=', ctx.organizationId)
      .where('segment_id', '=', input.id)
      .where('deleted_at', 'is', null)
      .execute();
    if (lists.length > 0) {
      throw conflict(
        'SEGMENT_IN_USE',
        `Dynamic lists are made of this segment: ${lists.map((list) => list.name).join(', ')}.`,
        {
          hint: 'Delete the lists first.',
          details: { listIds: lists.map((list) => list.id) },
        },
      );
    }
    await ctx.tx
      .updateTable('contact_segments')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    await audit(ctx, 'segment.delete', { entityType: 'segment', entityId: input.id });
    return { id: input.id };
  },
);

/** Who is in the segment now, newest first. @throws AppError not_found; validation. */
export const listSegmentMembers = verb(
  { permission: 'lists.view' },
  async (ctx, input: PageInput & { id: string }): Promise<{ items: ProspectView[]; total: number }> => {
    const condition = await segmentCondition(ctx, input.id);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ProspectView & { total: number }>`
        select ${PROSPECT_COLUMNS}, (select count(*) from ${prospectsSource(ctx)} where ${condition})::integer as total
        from ${prospectsSource(ctx)} where ${condition}
        order by p.created_at desc, p.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

const SAMPLE = 10;

/** What criteria would select, before anything is stored. @throws AppError validation below `criteria`. */
export const previewSegment = verb(
  { permission: 'lists.view' },
  async (ctx, input: { criteria: Record<string, unknown> }): Promise<{ count: number; sample: ProspectView[] }> => {
    const condition = await prospectCondition(ctx, await checkCriteria(ctx, input.criteria));
    const { rows } = await sql<ProspectView & { total: number }>`
      select ${PROSPECT_COLUMNS}, count(*) over ()::integer as total
      from ${prospectsSource(ctx)} where ${condition}
      order by p.created_at desc, p.id desc limit ${SAMPLE}`.execute(ctx.tx);
    return { count: rows[0]?.total ?? 0, sample: rows.map(({ total: _, ...row }) => row) };
  },
);

async function counted(ctx: Ctx, given: Record<string, unknown>): Promise<{ criteria: string; count: number }> {
  const filter = await checkCriteria(ctx, given);
  return { criteria: JSON.stringify(filter), ...(await countProspects(ctx, await prospectCondition(ctx, filter))) };
}

async function countProspects(ctx: Ctx, condition: RawBuilder<boolean>): Promise<{ count: number }> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ${prospectsSource(ctx)} where ${condition}`.execute(ctx.tx);
  return rows[0]!;
}

async function requireFreeName(ctx: Ctx, name: string, ownId?: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from contact_segments
    where organization_id = ${ctx.organizationId} and lower(name) = lower(${name}) and deleted_at is null`.execute(
    ctx.tx,
  );
  if (!rows[0] || rows[0].id === ownId) return;
  throw conflict('DUPLICATE_SEGMENT', `A segment named ${name} exists already.`, {
    issues: [{ field: 'name', message: 'exists already', value: name }],
    details: { existingId: rows[0].id },
  });
}
