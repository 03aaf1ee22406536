/**
 * What is known of somebody's interest: signals that fade. A signal of strength s is worth s points of 100 when it happens
 * and half as much after each half-life. Signals add up as independent evidence does: each takes its part of what is
 * missing to 100, so that no order matters and nothing exceeds 100.
 */
export interface SignalTypeRule {
  readonly title: string;
  /** Of a signal that does not say it; 1 to 100. */
  readonly strength: number;
  readonly halfLifeDays: number;
  /** Until it expires, unless it says when. */
  readonly lifeDays: number;
}

export const INTENT_SIGNAL_TYPES = {
  website_visit: { title: 'Visit of a high-intent page', strength: 25, halfLifeDays: 7, lifeDays: 60 },
  linkedin_view: { title: 'View of a LinkedIn profile', strength: 15, halfLifeDays: 14, lifeDays: 90 },
  linkedin_engagement: {
    title: 'Reaction, comment or message on LinkedIn',
    strength: 25,
    halfLifeDays: 14,
    lifeDays: 90,
  },
  job_posting: { title: 'Job posting (hiring)', strength: 30, halfLifeDays: 30, lifeDays: 120 },
  technographic_change: { title: 'Change of the technologies in use', strength: 35, halfLifeDays: 45, lifeDays: 180 },
  funding: { title: 'Funding announcement', strength: 45, halfLifeDays: 60, lifeDays: 270 },
  news_mention: { title: 'Mention in the news', strength: 15, halfLifeDays: 14, lifeDays: 90 },
  email_engagement: { title: 'Click or reply to an e-mail', strength: 20, halfLifeDays: 7, lifeDays: 60 },
  call_intent: { title: 'Intent to buy, heard in a call', strength: 50, halfLifeDays: 14, lifeDays: 120 },
  form_submission: { title: 'Form sent in', strength: 40, halfLifeDays: 14, lifeDays: 120 },
  research_activity: {
    title: 'Research of the market, told by a provider',
    strength: 20,
    halfLifeDays: 14,
    lifeDays: 60,
  },
} as const satisfies Readonly<Record<string, SignalTypeRule>>;
export type IntentSignalType = keyof typeof INTENT_SIGNAL_TYPES;
export const INTENT_SIGNAL_TYPE_NAMES = Object.keys(INTENT_SIGNAL_TYPES) as [IntentSignalType, ...IntentSignalType[]];

export const INTENT_TIERS = ['low', 'warm', 'hot', 'burning'] as const;
export type IntentTier = (typeof INTENT_TIERS)[number];

/** 0–25, 26–50, 51–75, 76–100; the ranges are of whole numbers, so the score is rounded first. */
export function tierOf(score: number): IntentTier {
  const whole = Math.round(score);
  if (whole <= 25) return 'low';
  if (whole <= 50) return 'warm';
  return whole <= 75 ? 'hot' : 'burning';
}

/** What happened at the company counts for each of its people, by this much. */
export const COMPANY_SHARE = 0.5;

/** One signal alone is no certainty. */
const MOST_WORTH = 99.9;
/** Beyond so many half-lives nothing is left, and powers would underflow. */
const MOST_HALF_LIVES = 1_000;

/** What the signal is worth after a while, of 100. */
export function worthAfter(strength: number, halfLifeDays: number, ageDays: number): number {
  const halfLives = Math.min(MOST_HALF_LIVES, Math.max(0, ageDays) / halfLifeDays);
  return Math.min(MOST_WORTH, strength * 2 ** -halfLives);
}

/** Evidence on the scale on which it adds up. */
export const pointsOf = (worth: number): number => -Math.log1p(-worth / 100);

/** 0 to 100, two decimals. */
export function scoreOf(worths: readonly number[]): number {
  const points = worths.reduce((sum, worth) => sum + pointsOf(worth), 0);
  return Math.round(10_000 * -Math.expm1(-points)) / 100;
}

/** Each signal's part of the score; the parts add up to 1. */
export function sharesOf(worths: readonly number[]): number[] {
  const points = worths.map(pointsOf);
  const all = points.reduce((sum, one) => sum + one, 0);
  return points.map((one) => (all === 0 ? 0 : one / all));
}

/** A day with much more than is usual for this person or company. */
export const SPIKE = {
  windowHours: 24,
  /** What is usual: the mean of a window in the days before. */
  baselineDays: 28,
  /** Sum of strengths; less is no spike, however quiet the time before was. */
  leastStrength: 40,
  /** Times what is usual. */
  factor: 3,
} as const;

export const INTENT_TRENDS = ['increasing', 'stable', 'decreasing'] as const;
export type IntentTrend = (typeof INTENT_TRENDS)[number];
export const TREND_DAYS = 7;
const TREND_POINTS = 5;

/** Against the score a week before. */
export function trendOf(score: number, before: number): IntentTrend {
  if (score - before >= TREND_POINTS) return 'increasing';
  return before - score >= TREND_POINTS ? 'decreasing' : 'stable';
}

export const LINKEDIN_ENGAGEMENTS = {
  profile_view: { signal: 'linkedin_view', strength: 15 },
  reaction: { signal: 'linkedin_engagement', strength: 15 },
  comment: { signal: 'linkedin_engagement', strength: 25 },
  share: { signal: 'linkedin_engagement', strength: 25 },
  connection: { signal: 'linkedin_engagement', strength: 30 },
  message: { signal: 'linkedin_engagement', strength: 40 },
} as const satisfies Readonly<Record<string, { signal: IntentSignalType; strength: number }>>;
export type LinkedinEngagementType = keyof typeof LINKEDIN_ENGAGEMENTS;
export const LINKEDIN_ENGAGEMENT_TYPES = Object.keys(LINKEDIN_ENGAGEMENTS) as [
  LinkedinEngagementType,
  ...LinkedinEngagementType[],
];

/** A call whose intent says so raises a signal, the stronger the likelier the purchase. */
export const CALL_INTENT = { leastStrength: 30, mostStrength: 90, strengthWithoutProbability: 50 } as const;
