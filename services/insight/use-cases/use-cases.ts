import { sql } from 'kysely';
import { invalid, invalidAll, notFound } from '../../../domain/core/errors.ts';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireVersion } from '../../core/versions.ts';
import { missingReferences } from '../../data/index.ts';
import { withTeamIds } from '../../platform/roles/index.ts';

/** What a run takes over where its own configuration is silent. */
export interface UseCaseConfig {
  modelCode?: ModelCode | undefined;
  /** Channels whose touches count. */
  channels?: string[] | undefined;
  /** Types of conversions. */
  eventTypes?: string[] | undefined;
  /** Touches with a participant of this team. */
  teamId?: string | undefined;
  /** Touches of this vendor. */
  vendorId?: string | undefined;
}

export interface UseCaseView {
  id: string;
  name: string;
  description: string | null;
  config: UseCaseConfig;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS = sql`
  id, name, description, config, created_at as "createdAt", updated_at as "updatedAt", version`;

async function findUseCase(ctx: Ctx, id: string): Promise<UseCaseView | undefined> {
  const { rows } = await sql<UseCaseView>`
    select ${COLUMNS} from use_cases
    where organization_id = ${ctx.organizationId} and id = ${id} and deleted_at is null`.execute(ctx.tx);
  return rows[0];
}

export interface CreateUseCaseInput {
  name: string;
  description?: string | undefined;
  config: UseCaseConfig;
}

/** @throws AppError validation for a team or vendor that does not exist. */
export const createUseCase = verb(
  { permission: 'use_cases.edit' },
  async (ctx, { name, description, config: given }: CreateUseCaseInput): Promise<UseCaseView> => {
    const config = await withTeamIds(ctx, given, 'config.');
    const issues = await missingReferences(ctx, config, 'config.');
    if (issues.length > 0) throw invalidAll(issues);
    const { id } = await ctx.tx
      .insertInto('use_cases')
      .values({ name, description: description ?? null, config: JSON.stringify(config) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'use_case.create', { entityType: 'use_case', entityId: id, after: { name, config } });
    return (await findUseCase(ctx, id))!;
  },
);

/** Newest first. */
export const listUseCases = verb(
  { permission: 'use_cases.view' },
  async (ctx, input: PageInput): Promise<{ items: UseCaseView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<UseCaseView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from use_cases
        where organization_id = ${ctx.organizationId} and deleted_at is null
        order by id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface DeleteUseCaseInput {
  id: string;
  expectedVersion?: number | undefined;
}

/** Runs that were created with it keep their configuration. @throws AppError not_found; precondition_failed. */
export const deleteUseCase = verb(
  { permission: 'use_cases.edit' },
  async (ctx, { id, expectedVersion }: DeleteUseCaseInput): Promise<{ id: string }> => {
    const row = await ctx.tx
      .selectFrom('use_cases')
      .select(['name', 'version'])
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!row) throw notFound('The use case');
    requireVersion(row.version, expectedVersion);
    await ctx.tx.updateTable('use_cases').set({ deleted_at: ctx.now }).where('id', '=', id).execute();
    await audit(ctx, 'use_case.delete', { entityType: 'use_case', entityId: id, before: { name: row.name } });
    return { id };
  },
);

/** The preset that a run names. @throws AppError validation when there is none. */
export async function presetOf(ctx: Ctx, useCaseId: string | undefined): Promise<UseCaseConfig> {
  if (useCaseId === undefined) return {};
  const found = await findUseCase(ctx, useCaseId);
  if (!found) throw invalid('useCaseId', 'names no use case', useCaseId);
  return found.config;
}
