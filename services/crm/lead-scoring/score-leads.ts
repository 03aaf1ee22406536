import { sql } from 'kysely';
import { type LeadScore, type ScoreModel, scoreLead } from '../../../domain/crm/lead-score.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emitAll } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { findPerson } from '../../data/index.ts';
import { prospectUpdated } from '../events.ts';
import { readProspect } from '../prospects/prospect-view.ts';
import { readPeopleFacts, readProspectFacts } from './lead-facts.query.ts';
import { crossThresholds } from './score-thresholds.ts';
import { activeModel } from './scoring-models.ts';

export type ScoreReason = 'asked' | 'intent' | 'schedule';

export interface ScoredLead extends LeadScore {
  predictionId: string;
  prospectId: string | null;
  model: { id: string | null; name: string; revision: number | null };
  computedAt: Date;
}

interface Prediction {
  id: string;
  subject_type: 'prospect' | 'customer';
  subject_id: string;
  result: LeadScore;
}

/** A score that moves less is no news to the history, unless somebody asked. */
const LEAST_CHANGE = 1;

/**
 * Scores prospects with the active model: keeps what was computed and why, makes it their priority, and does what
 * thresholds say of those who came over them.
 */
export async function scoreProspects(
  ctx: Ctx,
  ids: readonly string[],
  reason: ScoreReason,
): Promise<Map<string, ScoredLead>> {
  if (ids.length === 0) return new Map();
  const model = await activeModel(ctx);
  const leads = await readProspectFacts(ctx, ids);
  const predictions = leads.map(({ key, facts }): Prediction => {
    return { id: uuidv7(), subject_type: 'prospect', subject_id: key, result: scoreLead(facts, model) };
  });
  await prioritize(ctx, predictions, reason);
  const stored = await store(ctx, model, predictions, reason);
  await crossThresholds(
    ctx,
    model,
    predictions.map(({ subject_id: id, result }) => ({ id, score: result.score })),
  );
  return new Map(
    predictions
      .filter(({ id }) => stored.has(id))
      .map((prediction) => [prediction.subject_id, toScored(ctx, model, prediction, prediction.subject_id)]),
  );
}

const toScored = (ctx: Ctx, model: ScoreModel, { id, result }: Prediction, prospectId: string | null): ScoredLead => ({
  ...result,
  predictionId: id,
  prospectId,
  model: { id: model.id, name: model.name, revision: model.revision },
  computedAt: ctx.now,
});

/** @returns ids of those that were kept: all that were asked for, else those that changed. */
async function store(
  ctx: Ctx,
  model: ScoreModel,
  predictions: readonly Prediction[],
  reason: ScoreReason,
): Promise<Set<string>> {
  const rows = predictions.map(({ id, subject_type, subject_id, result }) => ({
    id,
    subject_type,
    subject_id,
    score: result.score,
    grade: result.grade,
    factors: { factors: result.factors, coverage: result.coverage },
  }));
  const { rows: kept } = await sql<{ id: string }>`
    insert into ai_predictions (id, subject_type, subject_id, prediction_type, score, grade, model_name, model_id,
                                model_revision, factors, reason, predicted_at)
    select row.id, row.subject_type, row.subject_id, 'lead_score', row.score, row.grade, ${model.name}, ${model.id}::uuid,
           ${model.revision}::integer, row.factors, ${reason}, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, subject_type text, subject_id uuid, score numeric, grade text, factors jsonb)
    left join lateral (
      select p.score, p.model_id, p.model_revision from ai_predictions p
      where p.organization_id = ${ctx.organizationId} and p.subject_type = row.subject_type
        and p.subject_id = row.subject_id and p.prediction_type = 'lead_score'
      order by p.predicted_at desc, p.id desc limit 1) latest on true
    where ${reason} = 'asked' or latest.score is null or abs(latest.score - row.score) >= ${LEAST_CHANGE}::numeric
      or (latest.model_id, latest.model_revision) is distinct from (${model.id}::uuid, ${model.revision}::integer)
    returning id`.execute(ctx.tx);
  return new Set(kept.map((row) => row.id));
}

/**
 * The score becomes the prospect's priority, with one event per prospect whose priority changed. Unless somebody asks for
 * the score, a priority that was set by hand stays: it is none that a score before has left.
 */
async function prioritize(ctx: Ctx, predictions: readonly Prediction[], reason: ScoreReason): Promise<void> {
  const wanted = predictions.map(({ subject_id, result }) => ({ id: subject_id, score: Math.round(result.score) }));
  const { rows } = await sql<{ id: string }>`
    update prospects p set priority_score = wanted.score
    from (
      select w.id, w.score from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id uuid, score integer)
      join prospects held on held.organization_id = ${ctx.organizationId} and held.id = w.id
      order by w.id for no key update of held) wanted
    where p.organization_id = ${ctx.organizationId} and p.id = wanted.id
      and p.priority_score is distinct from wanted.score
      and (${reason} = 'asked' or p.priority_score is null or p.priority_score = (
        select round(latest.score) from ai_predictions latest
        where latest.organization_id = p.organization_id and latest.subject_type = 'prospect'
          and latest.subject_id = p.id and latest.prediction_type = 'lead_score'
        order by latest.predicted_at desc, latest.id desc limit 1))
    returning p.id`.execute(ctx.tx);
  await emitAll(
    ctx,
    prospectUpdated,
    rows.map(({ id }) => ({ entityId: id, data: { id, fields: ['priorityScore'] } })),
  );
}

/** Computes it now and keeps it. @throws AppError not_found. */
export const scoreProspect = verb(
  { permission: 'leads.score' },
  async (ctx, input: { id: string }): Promise<ScoredLead> => {
    await readProspect(ctx, input.id);
    return (await scoreProspects(ctx, [input.id], 'asked')).get(input.id)!;
  },
);

/** Of a person, by all their records; the linked prospect is scored with them. @throws AppError not_found. */
export const scoreCustomer = verb(
  { permission: 'leads.score' },
  async (ctx, input: { customerId: string }): Promise<ScoredLead & { customerId: string }> => {
    const { canonicalId } = await findPerson(ctx, input.customerId);
    const model = await activeModel(ctx);
    const [lead] = await readPeopleFacts(ctx, [canonicalId]);
    const { facts, prospectId } = lead!;
    const prediction: Prediction = {
      id: uuidv7(),
      subject_type: 'customer',
      subject_id: canonicalId,
      result: scoreLead(facts, model),
    };
    await store(ctx, model, [prediction], 'asked');
    if (prospectId) await scoreProspects(ctx, [prospectId], 'asked');
    return { customerId: canonicalId, ...toScored(ctx, model, prediction, prospectId) };
  },
);

/** Prospects that were scored before or show interest, one batch after the other. For the job. */
export async function rescoreBatch(
  ctx: Ctx,
  after: string | null,
  limit: number,
): Promise<{ last: string | null; changed: number }> {
  const { rows } = await sql<{ id: string }>`
    select p.id from prospects p
    where p.organization_id = ${ctx.organizationId} and p.deleted_at is null
      and (${after}::uuid is null or p.id > ${after}::uuid)
      and (p.intent_score > 0 or exists (
        select from ai_predictions s
        where s.organization_id = p.organization_id and s.subject_type = 'prospect' and s.subject_id = p.id
          and s.prediction_type = 'lead_score'))
    order by p.id limit ${limit}::integer`.execute(ctx.tx);
  const ids = rows.map((row) => row.id);
  const scored = await scoreProspects(ctx, ids, 'schedule');
  return { last: ids.length < limit ? null : ids.at(-1)!, changed: scored.size };
}
