/**
 * The lead score: nine factors, each from 0 to 100 and with its evidence, weighed by a model. A factor of which nothing is
 * known counts nothing and is named as unknown; so the parts always add up to the score.
 */
export const SCORE_FACTORS = {
  demographic: 'Who they are: title, industry and size of the company against the profile',
  behavioral: 'What they did in the last 60 days: pages, content, e-mails',
  intent: 'The intent score of this moment',
  firmographic: 'How large the company is: revenue and employees',
  technographic: 'What the company works with, against the profile',
  interactionHistory: 'Conversations of the last 180 days, incoming ones first',
  engagementLevel: 'Days of the last 30 on which they did something themselves',
  purchaseProbability: 'What conversations said of a purchase, the latest first',
  accountAttributes: 'Stage of the account, whether it is a target, open deals',
} as const;
export type ScoreFactor = keyof typeof SCORE_FACTORS;
export const SCORE_FACTOR_NAMES = Object.keys(SCORE_FACTORS) as [ScoreFactor, ...ScoreFactor[]];

export type ScoreWeights = { readonly [F in ScoreFactor]?: number | undefined };

/** Whom the organization looks for; what it leaves open is not judged. */
export interface ScoreProfile {
  titles?: readonly string[] | undefined;
  industries?: readonly string[] | undefined;
  technologies?: readonly string[] | undefined;
  minEmployees?: number | undefined;
  maxEmployees?: number | undefined;
}

/** Least scores of the grades. */
export interface ScoreThresholds {
  a?: number | undefined;
  b?: number | undefined;
  c?: number | undefined;
}

export interface ScoreModel {
  /** null: the built-in one. */
  readonly id: string | null;
  readonly name: string;
  readonly revision: number | null;
  readonly weights: ScoreWeights;
  readonly profile: ScoreProfile;
  readonly thresholds: ScoreThresholds;
}

/** Used until an organization has made a model of its own the active one. */
export const DEFAULT_MODEL: ScoreModel = {
  id: null,
  name: 'default',
  revision: null,
  weights: {
    demographic: 15,
    behavioral: 15,
    intent: 20,
    firmographic: 10,
    technographic: 5,
    interactionHistory: 10,
    engagementLevel: 10,
    purchaseProbability: 10,
    accountAttributes: 5,
  },
  profile: {},
  thresholds: {},
};

export const SCORE_GRADES = ['A', 'B', 'C', 'D'] as const;
export type ScoreGrade = (typeof SCORE_GRADES)[number];
export const GRADE_DEFAULTS = { a: 80, b: 60, c: 40 } as const;

export function gradeOf(score: number, thresholds: ScoreThresholds): ScoreGrade {
  const { a = GRADE_DEFAULTS.a, b = GRADE_DEFAULTS.b, c = GRADE_DEFAULTS.c } = thresholds;
  if (score >= a) return 'A';
  if (score >= b) return 'B';
  return score >= c ? 'C' : 'D';
}

/** What is known of a lead; null and 0 are told apart. */
export interface LeadFacts {
  title: string | null;
  industry: string | null;
  employees: number | null;
  /** Major units of whatever currency the organization uses. */
  revenue: number | null;
  technologies: readonly string[];
  intentScore: number | null;
  pageViews60: number;
  contentEvents60: number;
  emailSignals60: number;
  incoming180: number;
  outgoing180: number;
  daysSinceInteraction: number | null;
  activeDays30: number;
  /** 0 to 1, conversations weighed by their age; null: none said anything. */
  purchaseProbability: number | null;
  lifecycleStage: string | null;
  isTarget: boolean | null;
  openDeals: number;
}

export interface FactorScore {
  factor: ScoreFactor;
  /** 0 to 100; null: nothing is known. */
  value: number | null;
  /** Part of all weights, 0 to 1. */
  weight: number;
  /** What it adds to the score. */
  points: number;
  evidence: Record<string, unknown>;
}

export interface LeadScore {
  score: number;
  grade: ScoreGrade;
  /** In order of what they add. */
  factors: FactorScore[];
  /** Part of the weights whose factors are known. */
  coverage: number;
}

export function scoreLead(facts: LeadFacts, model: Pick<ScoreModel, 'weights' | 'profile' | 'thresholds'>): LeadScore {
  const all = SCORE_FACTOR_NAMES.reduce((sum, factor) => sum + (model.weights[factor] ?? 0), 0);
  const factors = SCORE_FACTOR_NAMES.flatMap((factor): FactorScore[] => {
    const weight = (model.weights[factor] ?? 0) / (all || 1);
    if (weight === 0) return [];
    const { value, evidence } = FACTORS[factor](facts, model.profile);
    return [{ factor, value, weight: round(weight, 4), points: round((value ?? 0) * weight, 2), evidence }];
  });
  const score = round(
    factors.reduce((sum, { points }) => sum + points, 0),
    2,
  );
  return {
    score,
    grade: gradeOf(score, model.thresholds),
    factors: factors.sort((a, b) => b.points - a.points || (a.factor < b.factor ? -1 : 1)),
    coverage: round(
      factors.reduce((sum, { value, weight }) => sum + (value === null ? 0 : weight), 0),
      4,
    ),
  };
}

type Judged = { value: number | null; evidence: Record<string, unknown> };
type Judge = (facts: LeadFacts, profile: ScoreProfile) => Judged;

/** What a title says of how much its bearer decides, the highest first. */
const SENIORITY: readonly (readonly [pattern: RegExp, value: number])[] = [
  [/\b(ceo|cto|cfo|coo|cmo|cio|ciso|cro|chief|founder|owner|president|managing director|partner)\b/i, 100],
  [/\b(evp|svp|vp|vice president)\b/i, 85],
  [/\b(director|head)\b/i, 70],
  [/\b(manager|lead|principal)\b/i, 50],
  [/\b(senior|sr|architect|specialist|consultant)\b/i, 35],
];
const OTHER_TITLE = 20;
/** Of 100 for what fits no worse than anything else, where the profile does not say. */
const UNJUDGED = 50;

const has = (wanted: readonly string[], given: string): boolean =>
  wanted.some((one) => given.toLowerCase().includes(one.toLowerCase()));

const demographic: Judge = ({ title, industry, employees }, profile) => {
  const seniority = title === null ? null : (SENIORITY.find(([pattern]) => pattern.test(title))?.[1] ?? OTHER_TITLE);
  const parts = [
    { part: 0.6, value: title === null ? null : fits(profile.titles, title, seniority!) },
    { part: 0.2, value: industry === null ? null : fits(profile.industries, industry, UNJUDGED) },
    { part: 0.2, value: employees === null ? null : sizeFits(employees, profile) },
  ];
  if (parts.every(({ value }) => value === null)) return { value: null, evidence: {} };
  const value = parts.reduce((sum, one) => sum + one.part * (one.value ?? 0), 0);
  return { value: round(value, 2), evidence: { title, seniority, industry, employees } };
};

function fits(wanted: readonly string[] | undefined, given: string, otherwise: number): number {
  if (!wanted || wanted.length === 0) return otherwise;
  return has(wanted, given) ? 100 : otherwise / 2;
}

function sizeFits(employees: number, { minEmployees, maxEmployees }: ScoreProfile): number {
  if (minEmployees === undefined && maxEmployees === undefined) return UNJUDGED;
  return employees >= (minEmployees ?? 0) && employees <= (maxEmployees ?? Number.POSITIVE_INFINITY) ? 100 : 0;
}

/** Half of the way to 100 with `half`, half of the rest with as much again. */
const saturating = (amount: number, half: number): number => round(100 * (1 - 2 ** (-amount / half)), 2);

const behavioral: Judge = ({ pageViews60, contentEvents60, emailSignals60 }) => ({
  value: saturating(pageViews60 + 5 * contentEvents60 + 5 * emailSignals60, 15),
  evidence: { pageViews60, contentEvents60, emailSignals60 },
});

/** On a logarithmic scale: 0 at the lower end, 100 at the upper one. */
const onScale = (value: number, low: number, high: number): number =>
  Math.max(0, Math.min(100, (100 * (Math.log10(Math.max(value, 1)) - low)) / (high - low)));

const firmographic: Judge = ({ revenue, employees }) => {
  // From 100 thousand to a billion; from one employee to ten thousand.
  const known = [
    ...(revenue === null ? [] : [onScale(revenue, 5, 9)]),
    ...(employees === null ? [] : [onScale(employees, 0, 4)]),
  ];
  if (known.length === 0) return { value: null, evidence: {} };
  return {
    value: round(known.reduce((sum, one) => sum + one, 0) / known.length, 2),
    evidence: { revenue, employees },
  };
};

/** More matches than these say nothing more. */
const ENOUGH_TECHNOLOGIES = 3;

const technographic: Judge = ({ technologies }, { technologies: wanted = [] }) => {
  if (technologies.length === 0) return { value: null, evidence: {} };
  if (wanted.length === 0) return { value: UNJUDGED, evidence: { technologies } };
  const matched = wanted.filter((one) => has([one], technologies.join('\n')));
  const value = (100 * Math.min(matched.length, ENOUGH_TECHNOLOGIES)) / Math.min(wanted.length, ENOUGH_TECHNOLOGIES);
  return { value: round(value, 2), evidence: { matched } };
};

const interactionHistory: Judge = ({ incoming180, outgoing180, daysSinceInteraction }) => {
  if (daysSinceInteraction === null) return { value: 0, evidence: { interactions: 0 } };
  const volume = saturating(2 * incoming180 + outgoing180, 6);
  // Half as much for each 60 days of silence.
  const value = round(volume * 2 ** (-daysSinceInteraction / 60), 2);
  return { value, evidence: { incoming180, outgoing180, daysSinceInteraction: Math.round(daysSinceInteraction) } };
};

const STAGES: Readonly<Record<string, number>> = { MQL: 40, SQL: 65, Opportunity: 85, Customer: 60 };

const accountAttributes: Judge = ({ lifecycleStage, isTarget, openDeals }) => {
  if (isTarget === null) return { value: null, evidence: {} };
  const stage = lifecycleStage === null ? 20 : (STAGES[lifecycleStage] ?? 20);
  const value = Math.min(100, stage + (isTarget ? 15 : 0) + Math.min(20, 10 * openDeals));
  return { value, evidence: { lifecycleStage, isTarget, openDeals } };
};

const FACTORS: Readonly<Record<ScoreFactor, Judge>> = {
  demographic,
  behavioral,
  intent: ({ intentScore }) => ({ value: intentScore ?? 0, evidence: { intentScore } }),
  firmographic,
  technographic,
  interactionHistory,
  engagementLevel: ({ activeDays30 }) => ({ value: Math.min(100, activeDays30 * 10), evidence: { activeDays30 } }),
  purchaseProbability: ({ purchaseProbability: given }) =>
    given === null ? { value: null, evidence: {} } : { value: round(100 * given, 2), evidence: { probability: given } },
  accountAttributes,
};

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
