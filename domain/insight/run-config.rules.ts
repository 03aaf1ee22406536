import { invalid } from '../core/errors.ts';
import { currencyExponent, isCurrency, MAX_AMOUNT_MINOR } from '../data/money.rules.ts';
import { DEFAULT_TIME_WINDOW_HOURS, type Dimension, type ModelCode, type ShapleyWorth } from './attribution.rules.ts';
import {
  type CustomWeights,
  checkCustomWeights,
  checkPositionWeights,
  DEFAULT_POSITION_WEIGHTS,
  type PositionWeights,
  type PositionWeightsInput,
} from './custom-weights.rules.ts';

/** A run's configuration as the caller gave it; everything is optional. */
export interface RunConfigInput {
  timeWindowHours?: number | undefined;
  includeChannels?: string[] | undefined;
  eventTypes?: string[] | undefined;
  /** Decimal text, compared in each conversion's own currency. */
  minPurchaseAmount?: string | undefined;
  /** Calendar days in the organization's time zone, both inclusive. */
  startDate?: string | undefined;
  endDate?: string | undefined;
  halfLifeHours?: number | undefined;
  /** Hours by channel of the touch; the narrower of the windows that apply decides. */
  channelWindows?: Record<string, number> | undefined;
  /** Hours by event type of the conversion. */
  eventTypeWindows?: Record<string, number> | undefined;
  models?: ModelCode[] | undefined;
  /** Only touches with a participant of this team count. */
  teamId?: string | undefined;
  /** Only touches of this vendor count. */
  vendorId?: string | undefined;
  /** POSITION_BASED. */
  positionWeights?: PositionWeightsInput | undefined;
  /** CUSTOM, which needs it. */
  customWeights?: CustomWeights | undefined;
  /** MARKOV and SHAPLEY. */
  dimension?: Dimension | undefined;
  markovOrder?: number | undefined;
  shapleyWorth?: ShapleyWorth | undefined;
  /** Types of events that are touches; `page_view` stands for page views. */
  touchEventTypes?: string[] | undefined;
}

/** The configuration with its defaults filled in, as it is stored and shown. */
export interface RunConfig {
  timeWindowHours: number;
  includeChannels: string[];
  eventTypes: string[];
  minPurchaseAmount: string | null;
  startDate: string | null;
  endDate: string | null;
  halfLifeHours: number;
  channelWindows: Record<string, number>;
  eventTypeWindows: Record<string, number>;
  models: ModelCode[];
  teamId: string | null;
  vendorId: string | null;
  positionWeights: PositionWeights;
  customWeights: CustomWeights | null;
  dimension: Dimension;
  markovOrder: number;
  shapleyWorth: ShapleyWorth;
  touchEventTypes: string[];
}

/** What runs do not name that were created before it could be said. */
export const UNNAMED_CONFIG: Partial<RunConfig> = {
  teamId: null,
  vendorId: null,
  positionWeights: DEFAULT_POSITION_WEIGHTS,
  customWeights: null,
  dimension: 'channel',
  markovOrder: 1,
  shapleyWorth: 'counts',
  touchEventTypes: [],
};

/** What a page view is called among `touchEventTypes`, and the channel of it and of every event. */
export const PAGE_VIEW_TYPE = 'page_view';
export const BEHAVIOR_CHANNEL = 'web';

/** Organization settings that a run depends on, copied into it at its first execution. */
export interface RunInputs {
  timeZone: string;
  intentWeights: Record<string, number>;
  /** Lower case. */
  directChannels: string[];
  milestoneEventTypes: MilestoneEventTypes;
  /** Of an intermediate state of a comparison. */
  view?: MixedView;
}

/**
 * What an intermediate state of a comparison reads, each as of one run's snapshot: who is one person, which version of
 * a fact counts, which facts exist at all, and which refunds do.
 */
export interface MixedView {
  links: string;
  versions: string;
  existing: string;
  refunds: string;
}

export interface MilestoneEventTypes {
  lead: string[];
  opportunity: string[];
}

/** @throws AppError validation when parts of the configuration contradict each other. */
export function resolveRunConfig(modelCode: ModelCode, input: RunConfigInput): RunConfig {
  if (input.startDate && input.endDate && input.endDate < input.startDate) {
    throw invalid('config.endDate', 'lies before start_date', input.endDate);
  }
  if (input.minPurchaseAmount && Number(input.minPurchaseAmount) > MAX_AMOUNT_MINOR) {
    throw invalid('config.minPurchaseAmount', 'is larger than any amount can be', input.minPurchaseAmount);
  }
  const models = [...new Set([modelCode, ...(input.models ?? [])])];
  if (models.includes('CUSTOM') !== (input.customWeights !== undefined)) {
    throw input.customWeights
      ? invalid('config.customWeights', 'is given, but CUSTOM is not among the models')
      : invalid('config.customWeights', 'is missing: the model CUSTOM has no weights of its own');
  }
  const timeWindowHours = input.timeWindowHours ?? DEFAULT_TIME_WINDOW_HOURS;
  return {
    timeWindowHours,
    includeChannels: input.includeChannels ?? [],
    eventTypes: input.eventTypes ?? [],
    minPurchaseAmount: input.minPurchaseAmount ?? null,
    startDate: input.startDate ?? null,
    endDate: input.endDate ?? null,
    halfLifeHours: input.halfLifeHours ?? timeWindowHours / 2,
    channelWindows: input.channelWindows ?? {},
    eventTypeWindows: input.eventTypeWindows ?? {},
    models,
    teamId: input.teamId ?? null,
    vendorId: input.vendorId ?? null,
    positionWeights: checkPositionWeights(input.positionWeights),
    customWeights: checkCustomWeights(input.customWeights),
    dimension: input.dimension ?? 'channel',
    markovOrder: input.markovOrder ?? 1,
    shapleyWorth: input.shapleyWorth ?? 'counts',
    touchEventTypes: [...new Set(input.touchEventTypes ?? [])],
  };
}

/** The smallest amount in minor units that passes `min` (a decimal), for a currency; rounded up, so never too low. */
export function minimumMinor(min: string, currency: string): number {
  const exponent = isCurrency(currency) ? currencyExponent(currency) : 2;
  const [whole = '0', fraction = ''] = min.split('.');
  const kept = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  const more = /[1-9]/.test(fraction.slice(exponent)) ? 1n : 0n;
  return Number(kept + more);
}
