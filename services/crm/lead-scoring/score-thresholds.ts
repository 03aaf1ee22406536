import { type RawBuilder, sql } from 'kysely';
import { invalid, notFound } from '../../../domain/core/errors.ts';
import type { ScoreModel } from '../../../domain/crm/lead-score.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit, emitAll } from '../../core/events.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireVersion } from '../../core/versions.ts';
import { notify } from '../../platform/notifications/index.ts';
import { actingUser } from '../activities/log-activity.ts';
import { leadThresholdReached, prospectAssigned, prospectUpdated } from '../events.ts';
import { tellOfMembers } from '../lists/refresh-list.ts';
import { requireRecords } from '../references.ts';
import { readModel } from './scoring-models.ts';

export const THRESHOLD_ACTIONS = ['assign', 'enroll', 'notify'] as const;
export type ThresholdAction = (typeof THRESHOLD_ACTIONS)[number];

export interface ThresholdConfig {
  /** assign: the new owner; notify: who is told, else the owner. */
  userId?: string | undefined;
  /** assign: also those who have an owner. */
  reassign?: boolean | undefined;
  /** enroll: a static list, or a cadence: outreach follows `lead.threshold_reached`. Exactly one of them. */
  listId?: string | undefined;
  cadenceId?: string | undefined;
}

export interface ThresholdView {
  id: string;
  name: string;
  /** null: whatever model is active. */
  modelId: string | null;
  minScore: number;
  action: ThresholdAction;
  config: ThresholdConfig;
  isActive: boolean;
  /** Who stands above it now. */
  above: number;
  /** How many of them it did what for. */
  outcomes: Record<string, number>;
  createdAt: Date;
  version: number;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  t.id, t.name, t.model_id as "modelId", t.min_score as "minScore", t.action, t.config, t.is_active as "isActive",
  (select count(*)::integer from score_threshold_crossings c
   where c.organization_id = t.organization_id and c.threshold_id = t.id) as above,
  (select coalesce(jsonb_object_agg(outcome, people), '{}') from (
     select c.outcome, count(*) as people from score_threshold_crossings c
     where c.organization_id = t.organization_id and c.threshold_id = t.id and c.outcome is not null
     group by c.outcome) came) as outcomes,
  t.created_at as "createdAt", t.version`);

/** The lowest first. */
export const listThresholds = verb(
  { permission: 'leads.view' },
  async (
    ctx,
    input: PageInput & { action?: ThresholdAction | undefined },
  ): Promise<{ items: ThresholdView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ThresholdView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from score_thresholds t
        where t.organization_id = ${ctx.organizationId} and t.deleted_at is null
          and (${input.action ?? null}::text is null or t.action = ${input.action ?? null}::text)
        order by t.min_score, t.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface ThresholdInput {
  name: string;
  modelId?: string | undefined;
  minScore: number;
  action: ThresholdAction;
  config: ThresholdConfig;
}

/** Acts on whoever comes over it from the next score on. @throws AppError validation. */
export const createThreshold = verb(
  { permission: 'leads.edit' },
  async (ctx, input: ThresholdInput): Promise<ThresholdView> => {
    const { action, config } = input;
    if (action === 'assign' && !config.userId) throw invalid('config.userId', 'is required to assign');
    if (action === 'enroll' && !config.listId === !config.cadenceId) {
      throw invalid('config.listId', 'is required to enroll: a static list, or else config.cadenceId');
    }
    if (input.modelId) await requireModel(ctx, input.modelId);
    await requireRecords(ctx, { ownerId: config.userId });
    if (config.listId) await requireStaticList(ctx, config.listId);
    const { rows } = await sql<{ id: string }>`
      insert into score_thresholds (name, model_id, min_score, action, config, created_by)
      values (${input.name}, ${input.modelId ?? null}::uuid, ${input.minScore}, ${action},
              ${JSON.stringify(config)}::jsonb, ${actingUser(ctx)}::uuid)
      returning id`.execute(ctx.tx);
    const { id } = rows[0]!;
    await audit(ctx, 'score_threshold.create', { entityType: 'score_threshold', entityId: id, after: { ...input } });
    return readThreshold(ctx, id);
  },
);

async function requireModel(ctx: Ctx, id: string): Promise<void> {
  await readModel(ctx, id).catch(() => {
    throw invalid('modelId', 'does not exist', id);
  });
}

async function requireStaticList(ctx: Ctx, id: string): Promise<void> {
  const list = await ctx.tx
    .selectFrom('contact_lists')
    .select('type')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!list) throw invalid('config.listId', 'does not exist', id);
  if (list.type !== 'static') throw invalid('config.listId', 'is a dynamic list, which follows its segment', id);
}

async function readThreshold(ctx: Ctx, id: string): Promise<ThresholdView> {
  const { rows } = await sql<ThresholdView>`
    select ${COLUMNS} from score_thresholds t
    where t.organization_id = ${ctx.organizationId} and t.id = ${id} and t.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The threshold');
  return rows[0];
}

/** What it did stays. @throws AppError not_found; precondition_failed. */
export const deleteThreshold = verb(
  { permission: 'leads.edit' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    await sql`
      select from score_thresholds where organization_id = ${ctx.organizationId} and id = ${input.id} for update`.execute(
      ctx.tx,
    );
    requireVersion((await readThreshold(ctx, input.id)).version, input.expectedVersion);
    await sql`
      update score_thresholds set deleted_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and id = ${input.id}`.execute(ctx.tx);
    await audit(ctx, 'score_threshold.delete', { entityType: 'score_threshold', entityId: input.id });
    return { id: input.id };
  },
);

interface Crossing {
  thresholdId: string;
  name: string;
  action: ThresholdAction;
  config: ThresholdConfig;
  prospectId: string;
  prospectName: string;
  ownerId: string | null;
  score: number;
}

/**
 * Who has come over a threshold since the score before: the row of the crossing is what makes an action happen once. Who
 * has fallen below loses it, so that the next crossing counts again.
 */
export async function crossThresholds(
  ctx: Ctx,
  model: ScoreModel,
  scores: readonly { id: string; score: number }[],
): Promise<void> {
  const { rows } = await sql<Crossing>`
    with scored as (
      select * from jsonb_to_recordset(${JSON.stringify(scores)}::jsonb) as s(id uuid, score numeric)),
    active as materialized (
      select id, name, min_score, action, config from score_thresholds
      where organization_id = ${ctx.organizationId} and is_active and deleted_at is null
        and (model_id is null or model_id = ${model.id}::uuid)),
    fallen as (
      delete from score_threshold_crossings c using scored, active
      where c.organization_id = ${ctx.organizationId} and c.prospect_id = scored.id and c.threshold_id = active.id
        and scored.score < active.min_score),
    crossed as (
      insert into score_threshold_crossings (organization_id, threshold_id, prospect_id, score, crossed_at)
      select ${ctx.organizationId}, active.id, scored.id, scored.score, ${ctx.now}
      from scored join active on scored.score >= active.min_score
      order by active.id, scored.id
      on conflict do nothing
      returning threshold_id, prospect_id, score)
    select active.id as "thresholdId", active.name, active.action, active.config, p.id as "prospectId",
           coalesce(nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), p.email, 'A prospect') as "prospectName",
           p.owner_id as "ownerId", crossed.score::double precision as score
    from crossed
    join active on active.id = crossed.threshold_id
    join prospects p on p.organization_id = ${ctx.organizationId} and p.id = crossed.prospect_id
    order by active.min_score, active.id, p.id`.execute(ctx.tx);
  for (const crossing of rows) await act(ctx, crossing);
  await emitAll(
    ctx,
    leadThresholdReached,
    rows.map(({ thresholdId, prospectId, action, score }) => ({
      entityId: prospectId,
      data: { id: prospectId, thresholdId, action, score },
    })),
  );
}

async function act(ctx: Ctx, crossing: Crossing): Promise<void> {
  const outcome = await ACTIONS[crossing.action](ctx, crossing);
  await sql`
    update score_threshold_crossings set outcome = ${outcome}
    where organization_id = ${ctx.organizationId} and threshold_id = ${crossing.thresholdId}
      and prospect_id = ${crossing.prospectId}`.execute(ctx.tx);
}

/** Each answers what came of it. */
const ACTIONS: Readonly<Record<ThresholdAction, (ctx: Ctx, crossing: Crossing) => Promise<string>>> = {
  async assign(ctx, { config, prospectId: id, ownerId }) {
    const { userId, reassign = false } = config;
    if (ownerId === userId || (ownerId !== null && !reassign)) return 'has_owner';
    const { rows } = await sql`
      update prospects p set owner_id = u.id from users u
      where p.organization_id = ${ctx.organizationId} and p.id = ${id} and u.organization_id = p.organization_id
        and u.id = ${userId ?? null}::uuid and u.deleted_at is null and u.status = 'active'
      returning p.id`.execute(ctx.tx);
    if (rows.length === 0) return 'owner_gone';
    await audit(ctx, 'prospect.assign', { entityType: 'prospect', entityId: id, after: { owner_id: userId } });
    await emit(ctx, prospectUpdated, { entityId: id, data: { id, fields: ['ownerId'] } });
    await emit(ctx, prospectAssigned, { entityId: id, data: { id, ownerId: userId! } });
    return 'assigned';
  },
  async enroll(ctx, { config, prospectId }) {
    const { listId } = config;
    if (!listId) return 'handed_on';
    const { rows } = await sql`
      insert into contact_list_members (organization_id, list_id, prospect_id)
      select ${ctx.organizationId}, l.id, ${prospectId}::uuid from contact_lists l
      where l.organization_id = ${ctx.organizationId} and l.id = ${listId} and l.deleted_at is null
      on conflict do nothing returning list_id`.execute(ctx.tx);
    if (rows.length === 0) return 'not_enrolled';
    await tellOfMembers(ctx, listId, [prospectId], []);
    return 'enrolled';
  },
  async notify(ctx, { config, thresholdId, prospectId, prospectName, ownerId, name, score }) {
    const told = await notify(ctx, config.userId ?? ownerId, 'prospect.qualified', {
      title: `${prospectName} has a lead score of ${Math.round(score)}`,
      body: name,
      entity: { type: 'prospect', id: prospectId },
      dedupeKey: `threshold:${thresholdId}:${prospectId}:${ctx.now.toISOString()}`,
    });
    return told > 0 ? 'notified' : 'nobody_told';
  },
};
