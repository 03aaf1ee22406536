import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { FactorScore, ScoreGrade } from '../../../domain/crm/lead-score.rules.ts';
import {
  PURCHASE_SIGN_NAMES,
  type PurchaseOdds,
  type PurchaseSample,
  type PurchaseSign,
  purchaseOdds,
} from '../../../domain/crm/purchase-odds.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { findPerson } from '../../data/index.ts';
import { readProspect } from '../prospects/prospect-view.ts';
import { readPurchaseSample, readPurchaseSigns } from './purchase-signs.query.ts';

export const PREDICTION_TYPES = ['lead_score', 'purchase_probability'] as const;
export type PredictionType = (typeof PREDICTION_TYPES)[number];
export const PREDICTION_SUBJECTS = ['customer', 'prospect'] as const;
export type PredictionSubject = (typeof PREDICTION_SUBJECTS)[number];

export interface PredictionView {
  id: string;
  subjectType: PredictionSubject;
  subjectId: string;
  predictionType: PredictionType;
  score: number | null;
  probability: number | null;
  grade: ScoreGrade | null;
  modelName: string;
  modelId: string | null;
  modelRevision: number | null;
  /** What it was made of. */
  factors: { factors?: FactorScore[]; coverage?: number } & Partial<Omit<PurchaseOdds, 'probability'>>;
  reason: string;
  predictedAt: Date;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  s.id, s.subject_type as "subjectType", s.subject_id as "subjectId", s.prediction_type as "predictionType",
  s.score::double precision, s.probability, s.grade, s.model_name as "modelName", s.model_id as "modelId",
  s.model_revision as "modelRevision", s.factors, s.reason, s.predicted_at as "predictedAt"`);

export interface ListPredictionsInput extends PageInput {
  subjectType?: PredictionSubject | undefined;
  subjectId?: string | undefined;
  predictionType?: PredictionType | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
}

/** Latest first. */
export const listPredictions = verb(
  { permission: 'leads.view' },
  async (ctx, input: ListPredictionsInput): Promise<{ items: PredictionView[]; total: number }> => {
    const where = sql.join(
      [
        sql`s.organization_id = ${ctx.organizationId}`,
        ...(input.subjectType === undefined ? [] : [sql`s.subject_type = ${input.subjectType}`]),
        ...(input.subjectId === undefined ? [] : [sql`s.subject_id = ${input.subjectId}`]),
        ...(input.predictionType === undefined ? [] : [sql`s.prediction_type = ${input.predictionType}`]),
        ...(input.from === undefined ? [] : [sql`s.predicted_at >= ${input.from}`]),
        ...(input.until === undefined ? [] : [sql`s.predicted_at <= ${input.until}`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<PredictionView & { total: number }>`
        select ${COLUMNS}, (select count(*) from ai_predictions s where ${where})::integer as total
        from ai_predictions s where ${where}
        order by s.predicted_at desc, s.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** Of a customer: of the person that the record belongs to today. @throws AppError not_found. */
export const listCustomerPredictions = verb(
  { permission: 'leads.view' },
  async (
    ctx,
    {
      customerId,
      ...input
    }: Omit<ListPredictionsInput, 'subjectType' | 'subjectId'> & { customerId?: string | undefined },
  ) => {
    const subjectId = customerId === undefined ? undefined : (await findPerson(ctx, customerId)).canonicalId;
    return listPredictions(ctx, { ...input, subjectType: 'customer', subjectId });
  },
);

const HISTORY_ROWS = 50;

export interface ScoreWithHistory {
  latest: PredictionView;
  history: { score: number; grade: ScoreGrade; predictedAt: Date; reason: string }[];
}

async function latestScores(ctx: Ctx, subjectType: PredictionSubject, subjectId: string): Promise<ScoreWithHistory> {
  const page = { page: 1, limit: HISTORY_ROWS };
  const { items } = await listPredictions(ctx, { ...page, subjectType, subjectId, predictionType: 'lead_score' });
  const [latest] = items;
  if (!latest) {
    const path = subjectType === 'customer' ? `/v1/leads/customers/${subjectId}` : `/api/v1/prospects/${subjectId}`;
    throw notFound('A score', `Nobody has scored this lead yet: POST ${path}/score.`);
  }
  const history = items.map(({ score, grade, predictedAt, reason }) => ({
    score: score!,
    grade: grade!,
    predictedAt,
    reason,
  }));
  return { latest, history };
}

/** @throws AppError not_found, also when the prospect was never scored. */
export const readProspectScore = verb(
  { permission: 'leads.view' },
  async (ctx, input: { id: string }): Promise<PredictionView> => {
    await readProspect(ctx, input.id);
    return (await latestScores(ctx, 'prospect', input.id)).latest;
  },
);

/** @throws AppError not_found. */
export const listProspectScores = verb(
  { permission: 'leads.view' },
  async (ctx, { id, ...page }: PageInput & { id: string }): Promise<{ items: PredictionView[]; total: number }> => {
    await readProspect(ctx, id);
    return listPredictions(ctx, { ...page, subjectType: 'prospect', subjectId: id, predictionType: 'lead_score' });
  },
);

/** @throws AppError not_found, also when the person was never scored. */
export const readCustomerScore = verb(
  { permission: 'leads.view' },
  async (ctx, input: { customerId: string }): Promise<ScoreWithHistory & { customerId: string }> => {
    const { canonicalId } = await findPerson(ctx, input.customerId);
    return { customerId: canonicalId, ...(await latestScores(ctx, 'customer', canonicalId)) };
  },
);

export interface PredictInput {
  customerId: string;
  predictionType: 'purchase_probability';
}

/** How likely the person buys, learned from those who did and did not. Kept with its evidence. @throws AppError not_found. */
export const predictPurchase = verb(
  { permission: 'leads.score' },
  async (ctx, input: PredictInput): Promise<PredictionView> => {
    const { canonicalId } = await findPerson(ctx, input.customerId);
    const sample = await readPurchaseSample(ctx);
    const shown = await readPurchaseSigns(ctx, canonicalId);
    const { probability, baseRate, evidence } = purchaseOdds(sample, shown);
    const { rows } = await sql<PredictionView>`
      insert into ai_predictions as s (subject_type, subject_id, prediction_type, probability, model_name, factors, reason,
                                       predicted_at)
      values ('customer', ${canonicalId}, ${input.predictionType}, ${probability}, 'naive_bayes',
              ${JSON.stringify({ baseRate, evidence, sample: sizesOf(sample) })}::jsonb, 'asked', ${ctx.now})
      returning ${COLUMNS}`.execute(ctx.tx);
    return rows[0]!;
  },
);

const sizesOf = ({ buyers, others }: PurchaseSample) => ({ buyers, others });

export { PURCHASE_SIGN_NAMES, type PurchaseSign };
