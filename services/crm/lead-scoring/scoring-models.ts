import { type RawBuilder, sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import {
  DEFAULT_MODEL,
  GRADE_DEFAULTS,
  type ScoreModel,
  type ScoreProfile,
  type ScoreThresholds,
  type ScoreWeights,
} from '../../../domain/crm/lead-score.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireVersion } from '../../core/versions.ts';
import { actingUser } from '../activities/log-activity.ts';

export interface ScoringModelView {
  id: string;
  name: string;
  description: string | null;
  /** Raised by every change of weights, profile or thresholds. */
  revision: number;
  weights: ScoreWeights;
  profile: ScoreProfile;
  thresholds: ScoreThresholds;
  isActive: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface ScoringModelInput {
  name: string;
  description?: string | null | undefined;
  weights: ScoreWeights;
  profile?: ScoreProfile | undefined;
  thresholds?: ScoreThresholds | undefined;
  isActive?: boolean | undefined;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  id, name, description, revision, weights, profile, thresholds, is_active as "isActive", created_at as "createdAt",
  updated_at as "updatedAt", version`);

export async function readModel(ctx: Ctx, id: string): Promise<ScoringModelView> {
  const { rows } = await sql<ScoringModelView>`
    select ${COLUMNS} from scoring_models
    where organization_id = ${ctx.organizationId} and id = ${id} and deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The scoring model');
  return rows[0];
}

/** The model that scores are computed with: the active one of the organization, else the built-in one. */
export async function activeModel(ctx: Ctx): Promise<ScoreModel> {
  const { rows } = await sql<ScoreModel>`
    select id, name, revision, weights, profile, thresholds from scoring_models
    where organization_id = ${ctx.organizationId} and is_active and deleted_at is null`.execute(ctx.tx);
  return rows[0] ?? DEFAULT_MODEL;
}

/** The active one first, then by name. */
export const listScoringModels = verb(
  { permission: 'leads.view' },
  async (
    ctx,
    input: PageInput & { isActive?: boolean | undefined },
  ): Promise<{ items: ScoringModelView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ScoringModelView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from scoring_models
        where organization_id = ${ctx.organizationId} and deleted_at is null
          and (${input.isActive ?? null}::boolean is null or is_active = ${input.isActive ?? null}::boolean)
        order by is_active desc, lower(name), id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** An active one takes the place of the one before. @throws AppError validation; conflict `DUPLICATE_SCORING_MODEL`. */
export const createScoringModel = verb(
  { permission: 'leads.edit' },
  async (ctx, input: ScoringModelInput): Promise<ScoringModelView> => {
    requireSound(input);
    await lockModels(ctx);
    await requireFreeName(ctx, input.name);
    if (input.isActive) await deactivateAll(ctx);
    const { rows } = await sql<{ id: string }>`
      insert into scoring_models (name, description, weights, profile, thresholds, is_active, created_by)
      values (${input.name}, ${input.description ?? null}, ${JSON.stringify(input.weights)}::jsonb,
              ${JSON.stringify(input.profile ?? {})}::jsonb, ${JSON.stringify(input.thresholds ?? {})}::jsonb,
              ${input.isActive ?? false}, ${actingUser(ctx)}::uuid)
      returning id`.execute(ctx.tx);
    const { id } = rows[0]!;
    await keepRevision(ctx, id);
    await audit(ctx, 'scoring_model.create', {
      entityType: 'scoring_model',
      entityId: id,
      after: { name: input.name, weights: input.weights, is_active: input.isActive ?? false },
    });
    return readModel(ctx, id);
  },
);

export interface UpdateScoringModelInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: { [K in keyof ScoringModelInput]?: ScoringModelInput[K] | undefined };
}

/**
 * Partial; weights, profile and thresholds as a whole. Scores that were computed keep the revision they were made with.
 * @throws AppError not_found; validation; conflict `DUPLICATE_SCORING_MODEL`; precondition_failed.
 */
export const updateScoringModel = verb(
  { permission: 'leads.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateScoringModelInput): Promise<ScoringModelView> => {
    await lockModels(ctx);
    const before = await readModel(ctx, id);
    requireVersion(before.version, expectedVersion);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after: ScoringModelView = { ...before, ...given };
    requireSound(after);
    if (after.name.toLowerCase() !== before.name.toLowerCase()) await requireFreeName(ctx, after.name);
    if (after.isActive && !before.isActive) await deactivateAll(ctx);
    const rules = (model: ScoringModelView) => JSON.stringify([model.weights, model.profile, model.thresholds]);
    const isNewRevision = rules(before) !== rules(after);
    await sql`
      update scoring_models
      set name = ${after.name}, description = ${after.description}, weights = ${JSON.stringify(after.weights)}::jsonb,
          profile = ${JSON.stringify(after.profile)}::jsonb, thresholds = ${JSON.stringify(after.thresholds)}::jsonb,
          is_active = ${after.isActive}, revision = revision + ${isNewRevision ? 1 : 0}::integer
      where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
    if (isNewRevision) await keepRevision(ctx, id);
    await audit(ctx, 'scoring_model.update', { entityType: 'scoring_model', entityId: id, after: given });
    return readModel(ctx, id);
  },
);

/** @throws AppError not_found; precondition_failed; conflict `SCORING_MODEL_ACTIVE`, `SCORING_MODEL_IN_USE`. */
export const deleteScoringModel = verb(
  { permission: 'leads.edit' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    await lockModels(ctx);
    const model = await readModel(ctx, input.id);
    requireVersion(model.version, input.expectedVersion);
    if (model.isActive) {
      throw conflict('SCORING_MODEL_ACTIVE', 'Leads are scored with this model.', {
        hint: 'Activate another model first, or set isActive to false for the built-in one.',
      });
    }
    const thresholds = await ctx.tx
      .selectFrom('score_thresholds')
      .select('id')
      .where('organization_id', '=', ctx.organizationId)
      .where('model_id', '=', input.id)
      .where('deleted_at', 'is', null)
      .execute();
    if (thresholds.length > 0) {
      throw conflict('SCORING_MODEL_IN_USE', 'Thresholds belong to this model.', {
        hint: 'Delete the thresholds first.',
        details: { thresholdIds: thresholds.map((row) => row.id) },
      });
    }
    await sql`
      update scoring_models set deleted_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and id = ${input.id}`.execute(ctx.tx);
    await audit(ctx, 'scoring_model.delete', { entityType: 'scoring_model', entityId: input.id });
    return { id: input.id };
  },
);

function requireSound({ weights, profile, thresholds }: Pick<ScoringModelInput, 'weights' | 'profile' | 'thresholds'>) {
  if (!Object.values(weights).some((weight = 0) => weight > 0)) throw invalid('weights', 'must have one above 0');
  const { minEmployees, maxEmployees } = profile ?? {};
  if (minEmployees !== undefined && maxEmployees !== undefined && minEmployees > maxEmployees) {
    throw invalid('profile.maxEmployees', 'must not be less than minEmployees', maxEmployees);
  }
  const { a = GRADE_DEFAULTS.a, b = GRADE_DEFAULTS.b, c = GRADE_DEFAULTS.c } = thresholds ?? {};
  if (!(a > b && b > c)) throw invalid('thresholds', 'must fall from a over b to c', { a, b, c });
}

/** One model is active, and names are free, whoever asks at the same time. */
const lockModels = (ctx: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${ctx.organizationId}::text || 'scoring_models', 0))`.execute(
    ctx.tx,
  );

const deactivateAll = (ctx: Ctx) =>
  sql`
    update scoring_models set is_active = false
    where organization_id = ${ctx.organizationId} and is_active and deleted_at is null`.execute(ctx.tx);

const keepRevision = (ctx: Ctx, id: string) =>
  sql`
    insert into scoring_model_revisions (model_id, revision, weights, profile, thresholds)
    select id, revision, weights, profile, thresholds from scoring_models
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);

async function requireFreeName(ctx: Ctx, name: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from scoring_models
    where organization_id = ${ctx.organizationId} and lower(name) = lower(${name}::text) and deleted_at is null`.execute(
    ctx.tx,
  );
  if (!rows[0]) return;
  throw conflict('DUPLICATE_SCORING_MODEL', 'A scoring model of this name exists already.', {
    details: { existingId: rows[0].id },
  });
}
