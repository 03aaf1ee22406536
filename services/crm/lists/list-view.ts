import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { PROSPECT_COLUMNS, type ProspectView } from '../prospects/prospect-view.ts';

export type ListType = 'static' | 'dynamic';

export interface ListView {
  id: string;
  name: string;
  description: string | null;
  type: ListType;
  segmentId: string | null;
  memberCount: number;
  /** Of a dynamic list: its latest refresh. */
  refreshStatus: 'pending' | 'running' | 'completed' | 'failed' | null;
  refreshedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  l.id, l.name, l.description, l.type, l.segment_id as "segmentId",
  (select count(*) from contact_list_members m
   join prospects p on p.organization_id = m.organization_id and p.id = m.prospect_id and p.deleted_at is null
   where m.organization_id = l.organization_id and m.list_id = l.id)::integer as "memberCount",
  l.refresh_status as "refreshStatus", l.refreshed_at as "refreshedAt", l.created_at as "createdAt",
  l.updated_at as "updatedAt", l.version`);

/** @throws AppError not_found. */
export async function readList(ctx: Ctx, id: string): Promise<ListView> {
  const { rows } = await sql<ListView>`
    select ${COLUMNS} from contact_lists l
    where l.organization_id = ${ctx.organizationId} and l.id = ${id} and l.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The list');
  return rows[0];
}

export const getList = verb(
  { permission: 'lists.view' },
  (ctx, input: { id: string }): Promise<ListView> => readList(ctx, input.id),
);

/** By name. */
export const listLists = verb(
  { permission: 'lists.view' },
  async (
    ctx,
    input: PageInput & { type?: ListType | undefined; segmentId?: string | undefined },
  ): Promise<{ items: ListView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ListView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from contact_lists l
        where l.organization_id = ${ctx.organizationId} and l.deleted_at is null
          ${input.type === undefined ? sql`` : sql`and l.type = ${input.type}`}
          ${input.segmentId === undefined ? sql`` : sql`and l.segment_id = ${input.segmentId}::uuid`}
        order by lower(l.name), l.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** Members as they stand, the latest to join first. @throws AppError not_found. */
export const listMembers = verb(
  { permission: 'lists.view' },
  async (ctx, input: PageInput & { id: string }): Promise<{ items: ProspectView[]; total: number }> => {
    await readList(ctx, input.id);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ProspectView & { total: number }>`
        select ${PROSPECT_COLUMNS}, count(*) over ()::integer as total
        from contact_list_members m
        join prospects p on p.organization_id = m.organization_id and p.id = m.prospect_id and p.deleted_at is null
        where m.organization_id = ${ctx.organizationId} and m.list_id = ${input.id}
        order by m.created_at desc, p.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
