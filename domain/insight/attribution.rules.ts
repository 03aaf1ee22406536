import { conflict } from '../core/errors.ts';
import { PURCHASE_LIKE, SUPPORT_LIKE } from '../data/call-intent.rules.ts';

/** Weights are integers of 1e-12: those of one conversion and model add up to exactly this. */
export const WEIGHT_UNITS = 1_000_000_000_000;

/** Every model that a run can compute. */
export const MODEL_CODES = [
  'FIRST_TOUCH',
  'LAST_TOUCH',
  'LINEAR',
  'TIME_DECAY',
  'AI_WEIGHTED',
  'POSITION_BASED',
  'W_SHAPED',
  'FULL_PATH',
  'LAST_NON_DIRECT',
  'CUSTOM',
  'MARKOV',
  'SHAPLEY',
] as const;
export type ModelCode = (typeof MODEL_CODES)[number];

/** Models that learn from all journeys of a run, those without conversion too, before they divide a credit. */
export const isDataDriven = (model: ModelCode): model is 'MARKOV' | 'SHAPLEY' =>
  model === 'MARKOV' || model === 'SHAPLEY';

/** What a data-driven model tells touches apart by. */
export const DIMENSIONS = ['channel', 'campaign', 'vendor', 'source'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
/** The value of a touch that has none. */
export const NO_VALUE = '(none)';
export const MARKOV_ORDERS = [1, 2, 3] as const;
export const SHAPLEY_WORTHS = ['counts', 'rates'] as const;
export type ShapleyWorth = (typeof SHAPLEY_WORTHS)[number];
/** Fewer converting journeys than this say little about a channel. */
export const LOW_SAMPLE_JOURNEYS = 100;

/** 333333333334 → `"0.333333333334"`. */
export function weightText(units: number): string {
  const digits = String(units).padStart(String(WEIGHT_UNITS).length, '0');
  return `${digits.slice(0, 1)}.${digits.slice(1)}`;
}

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
  { pattern: SUPPORT_LIKE, weight: 0.5 },
  { pattern: PURCHASE_LIKE, weight: 1.5 },
];

/** The largest weight that an intent can have in a run. */
export const largestIntentWeight = (configured: Readonly<Record<string, number>>): number =>
  Math.max(1, ...DEFAULT_INTENT_WEIGHTS.map(({ weight }) => weight), ...Object.values(configured));

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
