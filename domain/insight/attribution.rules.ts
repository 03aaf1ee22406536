import { conflict } from '../core/errors.ts';

/** Weights are integers of 1e-12: those of one conversion and model add up to exactly this. */
export const WEIGHT_UNITS = 1_000_000_000_000;

export const MODEL_CODES = ['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'TIME_DECAY', 'AI_WEIGHTED'] as const;
export type ModelCode = (typeof MODEL_CODES)[number];

export interface AttributionModel {
  readonly code: ModelCode;
  readonly description: string;
  readonly bestFor: string;
  readonly useCase: string;
  /** How the weights come about, in one sentence. */
  readonly formula: string;
}

export const ATTRIBUTION_MODELS: readonly AttributionModel[] = [
  {
    code: 'FIRST_TOUCH',
    description: '100% credit to first interaction',
    bestFor: 'Understanding initial customer acquisition',
    useCase: 'Measuring top-of-funnel effectiveness',
    formula: 'The touch that started first has weight 1.',
  },
  {
    code: 'LAST_TOUCH',
    description: '100% credit to last interaction',
    bestFor: 'Understanding final conversion drivers',
    useCase: 'Measuring bottom-of-funnel effectiveness',
    formula: 'The touch that started last before the conversion has weight 1.',
  },
  {
    code: 'LINEAR',
    description: 'Equal credit to all interactions',
    bestFor: 'Fair distribution across touchpoints',
    useCase: 'Recognizing all touchpoints equally',
    formula: 'Each of n touches has weight 1/n.',
  },
  {
    code: 'TIME_DECAY',
    description: 'More credit to recent interactions (exponential decay)',
    bestFor: 'Balancing awareness and conversion',
    useCase: 'Most common model for multi-touch attribution',
    formula: 'Weight ∝ 2^(−age / half-life); the half-life is half of the lookback window unless configured.',
  },
  {
    code: 'AI_WEIGHTED',
    description: 'Credit based on purchase probability and intent',
    bestFor: 'Data-driven attribution using ML',
    useCase: 'Most accurate attribution when ML data available',
    formula:
      'Weight ∝ purchase probability × intent weight; a touch without probability takes the mean of those that have ' +
      'one, and where none has, the touches share equally (LINEAR) and the conversion is counted as a fallback.',
  },
];

export const DEFAULT_TIME_WINDOW_HOURS = 72;
export const MAX_TIME_WINDOW_HOURS = 87_600;

/** Conversions of one unit of work: small enough to lose little by a kill, large enough to be set-based. */
const PARTITION_TARGET = 10_000;
const MAX_PARTITIONS = 200;

/** 0 conversions → 0 partitions, else 1–200 of about 10,000 conversions each. */
export const partitionCount = (conversions: number): number =>
  Math.min(Math.ceil(conversions / PARTITION_TARGET), MAX_PARTITIONS);

/** Intents that weigh more or less than 1 when the organization says nothing else (case-insensitive regex, weight). */
export const DEFAULT_INTENT_WEIGHTS: readonly { pattern: string; weight: number }[] = [
  { pattern: '(support|complain|cancel|refund|issue|problem|help)', weight: 0.5 },
  { pattern: '(purchas|buy|order|upgrade|pricing|quote|demo|subscri|renew)', weight: 1.5 },
];

export type RunStatus = 'pending' | 'running' | 'completed' | 'failed';

/** What execute does in each status; a run that is going on is answered as it is. */
export const EXECUTE_IN: Readonly<Record<RunStatus, 'start' | 'join'>> = {
  pending: 'start',
  running: 'join',
  completed: 'start',
  failed: 'start',
};

const CANCELLABLE: ReadonlySet<RunStatus> = new Set(['pending', 'running']);

/** @throws AppError conflict `RUN_NOT_CANCELLABLE`. */
export function assertCancellable(status: RunStatus): void {
  if (CANCELLABLE.has(status)) return;
  throw conflict('RUN_NOT_CANCELLABLE', `The run is ${status} already.`, {
    hint: 'Only a pending or running run can be cancelled; execute it again for a new generation.',
  });
}
