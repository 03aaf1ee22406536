import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { CANNED_VARIABLES, unknownVariables } from '../../../domain/service/canned-response.rules.ts';
import { audit } from '../../core/audit.ts';
import type { Changes } from '../../core/changes.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { escaped } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireRecords } from '../../crm/records/index.ts';
import { changed, lockSetting, putAway, type SettingVersion } from '../setting-row.ts';

export interface CannedResponseView {
  id: string;
  title: string;
  body: string;
  shortcut: string | null;
  language: string | null;
  teamId: string | null;
  usedCount: number;
  createdBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface CannedResponseFields {
  title: string;
  body: string;
  shortcut?: string | null | undefined;
  language?: string | null | undefined;
  teamId?: string | null | undefined;
}

const COLUMNS = sql.raw(`
  c.id, c.title, c.body, c.shortcut, c.language, c.team_id as "teamId", c.used_count as "usedCount",
  c.created_by as "createdBy", c.created_at as "createdAt", c.updated_at as "updatedAt", c.version`);

/** @throws AppError not_found. */
export async function readCannedResponse(ctx: Ctx, id: string): Promise<CannedResponseView> {
  const { rows } = await sql<CannedResponseView>`
    select ${COLUMNS} from canned_responses c
    where c.organization_id = ${ctx.organizationId} and c.id = ${id} and c.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The canned response');
  return rows[0];
}

export interface ListCannedResponsesInput extends PageInput {
  q?: string | undefined;
  shortcut?: string | undefined;
  teamId?: string | undefined;
  language?: string | undefined;
}

/** By title. */
export const listCannedResponses = verb(
  { permission: 'tickets.view' },
  async (ctx, input: ListCannedResponsesInput): Promise<{ items: CannedResponseView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<CannedResponseView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from canned_responses c
        where c.organization_id = ${ctx.organizationId} and c.deleted_at is null
          ${input.q === undefined ? sql`` : sql`and (c.title || ' ' || c.body) ilike ${`%${escaped(input.q)}%`}`}
          ${input.shortcut === undefined ? sql`` : sql`and lower(c.shortcut) = lower(${input.shortcut})`}
          ${input.teamId === undefined ? sql`` : sql`and c.team_id = ${input.teamId}`}
          ${input.language === undefined ? sql`` : sql`and c.language = ${input.language}`}
        order by lower(c.title), c.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** @throws AppError validation; conflict `DUPLICATE_SHORTCUT`. */
export const createCannedResponse = verb(
  { permission: 'tickets.edit' },
  async (ctx, input: CannedResponseFields): Promise<CannedResponseView> => {
    await check(ctx, input, null);
    const { id } = await ctx.tx
      .insertInto('canned_responses')
      .values({ ...columnsOf(input), created_by: ctx.principal.userId ?? null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'canned_response.create', { entityType: 'canned_response', entityId: id });
    return readCannedResponse(ctx, id);
  },
);

export interface UpdateCannedResponseInput extends SettingVersion {
  changes: Changes<CannedResponseFields>;
}

/** @throws AppError not_found; precondition_failed; validation; conflict `DUPLICATE_SHORTCUT`. */
export const updateCannedResponse = verb(
  { permission: 'tickets.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateCannedResponseInput): Promise<CannedResponseView> => {
    await lockSetting(ctx, 'canned_responses', { id, expectedVersion });
    const before = await readCannedResponse(ctx, id);
    const after = changed(before, changes);
    await check(ctx, after, id);
    await ctx.tx
      .updateTable('canned_responses')
      .set(columnsOf(after))
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'canned_response.update', { entityType: 'canned_response', entityId: id });
    return readCannedResponse(ctx, id);
  },
);

/** Replies that were written with it keep their words. @throws AppError not_found; precondition_failed. */
export const deleteCannedResponse = verb(
  { permission: 'tickets.delete' },
  async (ctx, { id, expectedVersion }: SettingVersion): Promise<{ id: string }> => {
    await lockSetting(ctx, 'canned_responses', { id, expectedVersion });
    await putAway(ctx, 'canned_responses', id);
    await audit(ctx, 'canned_response.delete', { entityType: 'canned_response', entityId: id });
    return { id };
  },
);

async function check(ctx: Ctx, fields: CannedResponseFields, ownId: string | null): Promise<void> {
  const [unknown] = unknownVariables(fields.body);
  if (unknown !== undefined) {
    throw invalid(
      'body',
      `names the variable ${unknown}, which does not exist`,
      undefined,
      `Use ${CANNED_VARIABLES.join(', ')}.`,
    );
  }
  await requireRecords(ctx, { teamId: fields.teamId });
  if (!fields.shortcut) return;
  const { rows } = await sql<{ id: string }>`
    select id from canned_responses
    where organization_id = ${ctx.organizationId} and lower(shortcut) = lower(${fields.shortcut}) and deleted_at is null
      and id is distinct from ${ownId}::uuid`.execute(ctx.tx);
  if (rows[0]) {
    throw conflict('DUPLICATE_SHORTCUT', `The shortcut ${fields.shortcut} is taken.`, {
      details: { existingId: rows[0].id },
      hint: 'Choose another one, or change the existing response.',
    });
  }
}

const columnsOf = (fields: CannedResponseFields) => ({
  title: fields.title,
  body: fields.body,
  shortcut: fields.shortcut ?? null,
  language: fields.language ?? null,
  team_id: fields.teamId ?? null,
});
