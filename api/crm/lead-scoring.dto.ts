import { z } from 'zod';
import { SCORE_FACTOR_NAMES, SCORE_FACTORS, SCORE_GRADES } from '../../domain/crm/lead-score.rules.ts';
import { PURCHASE_SIGN_NAMES } from '../../domain/crm/purchase-odds.rules.ts';
import { PREDICTION_TYPES, THRESHOLD_ACTIONS } from '../../services/crm/lead-scoring/index.ts';
import { freeForm, id, text, timestamp } from '../http/schemas.ts';

const factorName = z.enum(SCORE_FACTOR_NAMES);
const grade = z.enum(SCORE_GRADES);
const weight = () => z.number().min(0, 'must be 0 or more').max(1_000, 'must be 1000 or less').optional();
const whole = () => z.number().int('must be a whole number');

const weights = z
  .strictObject(
    Object.fromEntries(SCORE_FACTOR_NAMES.map((name) => [name, weight().describe(SCORE_FACTORS[name])])) as Record<
      (typeof SCORE_FACTOR_NAMES)[number],
      ReturnType<typeof weight>
    >,
  )
  .describe('What each factor weighs beside the others; one that is left out weighs nothing');
const words = () => z.array(text(100)).max(50).optional();
const profile = z
  .strictObject({
    titles: words().describe('Parts of titles'),
    industries: words(),
    technologies: words(),
    minEmployees: whole().min(0).max(10_000_000).optional(),
    maxEmployees: whole().min(0).max(10_000_000).optional(),
  })
  .describe('Whom you look for; what it leaves open is not judged');
const thresholds = z
  .strictObject({
    a: z.number().min(1).max(100).optional(),
    b: z.number().min(1).max(100).optional(),
    c: z.number().min(1).max(100).optional(),
  })
  .describe('Least scores of the grades; default 80, 60, 40');

const modelFields = { name: text(100), description: text(1_000).nullish(), weights };
export const ModelBody = z
  .strictObject({
    ...modelFields,
    profile: profile.optional(),
    thresholds: thresholds.optional(),
    isActive: z.boolean().optional().describe('The active one takes the place of the one before'),
  })
  .meta({ id: 'ScoringModelInput' });
export const ModelChanges = z
  .strictObject({
    name: text(100).optional(),
    description: text(1_000).nullish(),
    weights: weights.optional(),
    profile: profile.optional(),
    thresholds: thresholds.optional(),
    isActive: z.boolean().optional(),
  })
  .meta({ id: 'ScoringModelChanges' });
export const Model = z
  .strictObject({
    id: id(),
    name: z.string(),
    description: z.string().nullable(),
    revision: z.number().describe('Raised by every change of weights, profile or thresholds'),
    weights,
    profile,
    thresholds,
    isActive: z.boolean(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'ScoringModel' });

export const Factor = z
  .strictObject({
    factor: factorName,
    value: z.number().nullable().describe('0 to 100; null: nothing is known'),
    weight: z.number().describe('Part of all weights'),
    points: z.number().describe('What it adds to the score'),
    evidence: freeForm(),
  })
  .meta({ id: 'ScoreFactor' });
const score = {
  score: z.number().describe('0 to 100: the sum of the points'),
  grade,
  factors: z.array(Factor),
  coverage: z.number().describe('Part of the weights whose factors are known'),
  predictionId: id(),
  prospectId: id().nullable(),
  model: z.strictObject({ id: id().nullable(), name: z.string(), revision: z.number().nullable() }),
  computedAt: timestamp(),
};
export const Score = z.strictObject(score).meta({ id: 'LeadScore' });
export const CustomerScore = z.strictObject({ customerId: id(), ...score }).meta({ id: 'CustomerLeadScore' });

const SignEvidence = z.strictObject({
  sign: z.enum(PURCHASE_SIGN_NAMES),
  shown: z.boolean(),
  factor: z.number().describe('By what it multiplies the odds'),
  ofBuyers: z.number(),
  ofOthers: z.number(),
});
export const Prediction = z
  .strictObject({
    id: id(),
    subjectType: z.enum(['customer', 'prospect']),
    subjectId: id(),
    predictionType: z.enum(PREDICTION_TYPES),
    score: z.number().nullable(),
    probability: z.number().nullable(),
    grade: grade.nullable(),
    modelName: z.string(),
    modelId: id().nullable(),
    modelRevision: z.number().nullable(),
    factors: z
      .strictObject({
        factors: z.array(Factor).optional(),
        coverage: z.number().optional(),
        baseRate: z.number().optional(),
        evidence: z.array(SignEvidence).optional(),
        sample: z.strictObject({ buyers: z.number(), others: z.number() }).optional(),
      })
      .describe('What it was made of'),
    reason: z.string(),
    predictedAt: timestamp(),
  })
  .meta({ id: 'Prediction' });
export const ScoreWithHistory = z
  .strictObject({
    customerId: id(),
    latest: Prediction,
    history: z.array(z.strictObject({ score: z.number(), grade, predictedAt: timestamp(), reason: z.string() })),
  })
  .meta({ id: 'LeadScoreHistory' });

const config = z.strictObject({
  userId: id().optional().describe('assign: the new owner; notify: who is told, else the owner'),
  reassign: z.boolean().optional().describe('assign: also those who have an owner'),
  listId: id().optional().describe('enroll: a static list'),
  cadenceId: id().optional().describe('enroll: a cadence, in the name of the owner; needs cadences.edit'),
});
export const ThresholdBody = z
  .strictObject({
    name: text(100),
    modelId: id().optional().describe('Only for scores of this model'),
    minScore: whole().min(1).max(100),
    action: z.enum(THRESHOLD_ACTIONS),
    config: config.default({}),
  })
  .meta({ id: 'ScoreThresholdInput' });
export const Threshold = z
  .strictObject({
    id: id(),
    name: z.string(),
    modelId: id().nullable(),
    minScore: z.number(),
    action: z.enum(THRESHOLD_ACTIONS),
    config,
    isActive: z.boolean(),
    above: z.number().describe('Who stands above it now'),
    outcomes: z
      .record(z.string(), z.number())
      .describe('How many of them it did what for: assigned, enrolled, notified, or why not'),
    createdAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'ScoreThreshold' });

export const HighValueLead = z
  .strictObject({
    customerId: id(),
    prospectId: id().nullable(),
    ownerId: id().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    score: z.number(),
    grade,
    purchaseProbability: z.number().nullable(),
    computedAt: timestamp(),
  })
  .meta({ id: 'HighValueLead' });
