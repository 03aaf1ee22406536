import { largestIntentWeight, type ModelCode } from './attribution.rules.ts';
import { largestCustomWeight, scaleOf } from './custom-weights.rules.ts';
import type { RunConfig, RunInputs } from './run-config.rules.ts';

/** Numbers that a model multiplies or divides by, beside the inputs of each touch. */
export interface ModelParameters {
  halfLifeHours?: number;
  /** Undivided weights are cut to whole numbers after this multiplication. */
  scale?: number;
  first?: number;
  middle?: number;
  last?: number;
  milestoneShare?: number;
  middleShare?: number;
  directChannels?: string[];
  customWeights?: NonNullable<RunConfig['customWeights']>;
  /** MARKOV: by value, in units of 10^-12. */
  removalEffects?: Record<string, number>;
}

interface Explained {
  model: ModelCode;
  config: RunConfig;
  inputs: RunInputs;
  removalEffects: Readonly<Record<string, number>>;
}

/** What the model's arithmetic needs to know of the run, and nothing else. */
export function parametersOf({ model, config, inputs, removalEffects }: Explained): ModelParameters {
  switch (model) {
    case 'TIME_DECAY':
      return { halfLifeHours: config.halfLifeHours, scale: 1e12 };
    case 'AI_WEIGHTED':
      return { scale: scaleOf(largestIntentWeight(inputs.intentWeights)) };
    case 'POSITION_BASED':
      return { ...config.positionWeights, scale: 1e6 };
    case 'W_SHAPED':
      return { milestoneShare: 30, middleShare: 10 };
    case 'FULL_PATH':
      return { milestoneShare: 225, middleShare: 100 };
    case 'LAST_NON_DIRECT':
      return { directChannels: inputs.directChannels };
    case 'CUSTOM': {
      const weights = config.customWeights ?? {};
      return { customWeights: weights, scale: scaleOf(largestCustomWeight(weights)) };
    }
    case 'MARKOV':
      return { removalEffects: { ...removalEffects } };
    case 'SHAPLEY':
      return { scale: 1e12 };
    default:
      return {};
  }
}

const UNDIVIDED: Readonly<Record<ModelCode, string>> = {
  FIRST_TOUCH: '1 for the touch at position 1, 0 for every other',
  LAST_TOUCH: '1 for the touch at the last position, 0 for every other',
  LINEAR: '1 for every touch',
  TIME_DECAY: 'floor(2^(−seconds_before_newest_touch / (3600 × half_life_hours)) × scale)',
  AI_WEIGHTED: 'floor((purchase_probability, or mean_probability where it has none) × intent_weight × scale)',
  POSITION_BASED:
    'with n touches and weights in millionths: first × (n − 2), middle, last × (n − 2); with two touches first and last; ' +
    'with one touch 1',
  W_SHAPED:
    'milestones on the touch (first touch, last touch at or before lead_at, the same for opportunity_at) × ' +
    'milestone_share × number of touches without milestone (at least 1); middle_share for a touch without milestone',
  FULL_PATH:
    'milestones on the touch (first touch, lead_at, opportunity_at, last touch) × milestone_share × number of touches ' +
    'without milestone (at least 1); middle_share for a touch without milestone',
  LAST_NON_DIRECT: '1 for the last touch that is not direct (the last of all where every one is), 0 for every other',
  CUSTOM: 'floor(weight of the position × weight of the channel × scale)',
  MARKOV: 'removal effect of the value in whole units, divided by touches_of_value and cut',
  SHAPLEY: 'scale divided by touches_of_value and cut',
};

/** The steps from inputs to the amount, in words that can be followed with a pocket calculator. */
export const stepsOf = (model: ModelCode): string[] => [
  `undivided_weight = ${UNDIVIDED[model]}; where every touch has 0, each has 1`,
  'exact_units = undivided_weight / undivided_sum × agent_share × 10^12',
  'weight_units = exact_units cut down, plus 1 where units_rank is at most 10^12 less the sum of all cut units; ' +
    'units_rank: largest fraction first, then the primary touch, then the later touch, then agent and team by id',
  'cut_minor = |amount| × weight in minor units cut down; plus 1 where minor_rank is at most |amount| less the sum of ' +
    'all cut_minor, ranked by rest_minor in the same way; a refund takes a minus sign',
];

interface Facts {
  touches: number;
  undividedSum: number;
  undivided: readonly number[];
  isRefund: boolean;
  leadAt: Date | null;
  opportunityAt: Date | null;
}

const FALLING_BACK: ReadonlySet<ModelCode> = new Set(['AI_WEIGHTED', 'CUSTOM', 'MARKOV']);

/** The rules that decided this one credit, beyond the formula. */
export function rulesOf({ model, config }: Explained, facts: Facts): string[] {
  const rules = [
    `The conversion has ${facts.touches} touch${facts.touches === 1 ? '' : 'es'} in its window ` +
      `(${config.timeWindowHours} h unless a channel or event type has its own), ordered by start, external id and id.`,
  ];
  if (config.touchEventTypes.length > 0) {
    rules.push(
      `Events of these types count as touches (page_view: page views): ${config.touchEventTypes.join(', ')}; their channel is web.`,
    );
  }
  if (facts.touches === 1) rules.push('A single touch takes everything.');
  const isEqual =
    facts.touches > 1 && facts.undividedSum === facts.touches && facts.undivided.every((one) => one === 1);
  if (FALLING_BACK.has(model) && isEqual) rules.push('No touch weighs anything by the formula, so they share equally.');
  if (model === 'POSITION_BASED' && facts.touches === 2) {
    rules.push('There is no middle touch: first and last are divided by their sum.');
  }
  if (model === 'W_SHAPED' || model === 'FULL_PATH') {
    const missing = [facts.leadAt ? [] : ['lead'], facts.opportunityAt ? [] : ['opportunity']].flat();
    if (missing.length > 0) {
      rules.push(
        `Not reached by the time of the conversion: ${missing.join(' and ')}; its share is spread in proportion.`,
      );
    }
  }
  if (facts.isRefund)
    rules.push('This is a refund: touches and weights are those of its original, the amount its own.');
  return rules;
}
