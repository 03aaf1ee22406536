import type { ModelCode } from './attribution.rules.ts';

export interface AttributionModel {
  readonly code: ModelCode;
  readonly description: string;
  readonly bestFor: string;
  readonly useCase: string;
  /** How the weights come about, in one sentence. */
  readonly formula: string;
  /** What happens where the formula alone does not say it. */
  readonly edgeCases: string[];
  /** Keys of a run's config that change it. */
  readonly configKeys: string[];
  /** Where the definition comes from, and which one was taken where sources disagree. */
  readonly sources: string[];
}

const TIES = 'Touches that start at the same moment are ordered by external id, then by id.';
const ONE_TOUCH = 'A single touch has weight 1.';

/**
 * The definitions behind `GET /v1/attribution/models`. Every model reads the same touches in the same order (start,
 * external id, id), and a touch's weight is divided among its agents by their shares (equal where none is given).
 */
export const ATTRIBUTION_MODELS: readonly AttributionModel[] = [
  {
    code: 'FIRST_TOUCH',
    description: '100% credit to first interaction',
    bestFor: 'Understanding initial customer acquisition',
    useCase: 'Measuring top-of-funnel effectiveness',
    formula: 'The touch that started first has weight 1.',
    edgeCases: [TIES, 'One touch wins, the same in every run.'],
    configKeys: [],
    sources: ['Snowplow attribution package (fixtures)'],
  },
  {
    code: 'LAST_TOUCH',
    description: '100% credit to last interaction',
    bestFor: 'Understanding final conversion drivers',
    useCase: 'Measuring bottom-of-funnel effectiveness',
    formula: 'The touch that started last before the conversion has weight 1.',
    edgeCases: [TIES, 'A touch that starts at the moment of the conversion counts.'],
    configKeys: [],
    sources: ['Snowplow attribution package (fixtures)'],
  },
  {
    code: 'LINEAR',
    description: 'Equal credit to all interactions',
    bestFor: 'Fair distribution across touchpoints',
    useCase: 'Recognizing all touchpoints equally',
    formula: 'Each of n touches has weight 1/n.',
    edgeCases: [ONE_TOUCH, 'What 10^12 units leave over after division by n goes to the last touches.'],
    configKeys: [],
    sources: ['Snowplow attribution package (fixtures)'],
  },
  {
    code: 'TIME_DECAY',
    description: 'More credit to recent interactions (exponential decay)',
    bestFor: 'Balancing awareness and conversion',
    useCase: 'Most common model for multi-touch attribution',
    formula: 'Weight ∝ 2^(−age / half-life); the half-life is half of the lookback window unless configured.',
    edgeCases: [
      ONE_TOUCH,
      'Age is measured from the newest touch: the factor between it and the conversion cancels out.',
      'Undivided weights are cut to 10^-12; a touch about 40 half-lives older than the newest one weighs nothing.',
    ],
    configKeys: ['half_life_hours', 'time_window_hours'],
    sources: ['Google Analytics names a fixed half-life of seven days; here it follows the window and is configurable'],
  },
  {
    code: 'AI_WEIGHTED',
    description: 'Credit based on purchase probability and intent',
    bestFor: 'Data-driven attribution using ML',
    useCase: 'Most accurate attribution when ML data available',
    formula:
      'Weight ∝ purchase probability × intent weight; a touch without probability takes the mean of those that have ' +
      'one, and where none has, the touches share equally (LINEAR) and the conversion is counted as a fallback.',
    edgeCases: [
      ONE_TOUCH,
      'Where every product is 0 the touches share equally, too.',
      'Intent weights are the organization’s, else 1.5 for purchase-like, 0.5 for support-like intents and 1 otherwise.',
    ],
    configKeys: [],
    sources: ['The definition is this product’s own: no published one exists'],
  },
  {
    code: 'POSITION_BASED',
    description: '40% to the first, 40% to the last, 20% shared by the touches between them',
    bestFor: 'Valuing what opened and what closed',
    useCase: 'Balancing acquisition and conversion without ignoring the middle',
    formula: 'first : middle / (n − 2) each : last, by config.position_weights (0.4, 0.2, 0.4 unless configured).',
    edgeCases: [
      ONE_TOUCH,
      'Two touches have no middle: first and last are divided by their sum (50/50 by default).',
      'Two touches where first and last both weigh 0 share equally.',
    ],
    configKeys: ['position_weights'],
    sources: ['Adobe Analytics (U-shaped)', 'Snowplow attribution package (140.00 over three touches: 56, 28, 56)'],
  },
  {
    code: 'W_SHAPED',
    description: '30% each to the first touch and the touches of lead and opportunity, 10% shared by the others',
    bestFor: 'Pipelines with a lead and an opportunity stage',
    useCase: 'Crediting what created leads and opportunities',
    formula: '30 per milestone on the touch (first, lead, opportunity), else 10 / number of touches without milestone.',
    edgeCases: [
      ONE_TOUCH,
      'Milestones on one touch add up.',
      'A missing milestone’s share, or the middle’s when there is none, is spread over those present in proportion.',
      'A milestone is the last touch at or before the person’s first event or conversion of the organization’s ' +
        'milestone event types; one that lies after the conversion, or before the first touch, is missing.',
    ],
    configKeys: [],
    sources: [
      'Adobe Marketo Measure: first touch, lead creation, opportunity creation',
      'Adobe Analytics calls first, middle and last “J/U/W” differently: the version with pipeline milestones is taken',
    ],
  },
  {
    code: 'FULL_PATH',
    description: '22.5% each to first, lead, opportunity and last touch, 10% shared by the others',
    bestFor: 'Long business-to-business journeys',
    useCase: 'Crediting every stage up to the close',
    formula: '22.5 per milestone on the touch (first, lead, opportunity, close), else 10 / number of other touches.',
    edgeCases: [ONE_TOUCH, 'Close is the last touch; everything else as in W_SHAPED.'],
    configKeys: [],
    sources: ['Adobe Marketo Measure: 22.5 × 4 + 10'],
  },
  {
    code: 'LAST_NON_DIRECT',
    description: '100% credit to the last interaction that is not direct',
    bestFor: 'Looking through visits that hide where they came from',
    useCase: 'Comparing with web analytics tools',
    formula: 'The last touch whose channel is none of the organization’s direct channels has weight 1.',
    edgeCases: [TIES, 'Where every touch is direct, the last one wins.'],
    configKeys: [],
    sources: ['Google Analytics (last non-direct click); direct names are a setting of the organization'],
  },
  {
    code: 'CUSTOM',
    description: 'Weights of your own by position and channel',
    bestFor: 'Knowledge that no general model has',
    useCase: 'Applying a rule the organization has agreed on',
    formula:
      'Weight ∝ weight of the position × weight of the channel, by config.custom_weights: {first, middle, last} ' +
      '(the middle is shared) or positions [1st, 2nd, …] with other_positions, and channels with other_channels.',
    edgeCases: [
      ONE_TOUCH,
      'Without a middle, first and last are divided by their sum.',
      'Where every touch weighs 0, they share equally.',
      'Products are cut to 10^-9 of a weight of 1 before they are divided.',
    ],
    configKeys: ['custom_weights'],
    sources: ['The definition is this product’s own'],
  },
  {
    code: 'MARKOV',
    description: 'Credit by what would be lost without a channel (removal effect in a Markov chain)',
    bestFor: 'Channels that assist: what journeys without conversion are like counts, too',
    useCase: 'Data-driven attribution where order matters',
    formula:
      'Removal effect = 1 − P(conversion without the value) / P(conversion). A conversion is shared over its distinct ' +
      'values in proportion to their removal effects, then evenly over the touches of a value.',
    edgeCases: [
      ONE_TOUCH,
      'Journeys: every included conversion with its touches in the window; people without one are lost journeys, with ' +
        'all of their touches in the run’s period.',
      'A state is the last markov_order touches; repeated touches stay in the chain; a removed value leads to nothing.',
      'The published quantities (transition table, removal effects, credits) are the run’s model details; sums of rows ' +
        'differ from those credits, because rows follow each journey.',
      'Where no value of a journey has a removal effect, its touches share equally.',
      'More than 1,000 states: the run fails with MARKOV_TOO_MANY_STATES. Fewer than 100 converting journeys: LOW_SAMPLE.',
    ],
    configKeys: ['markov_order', 'dimension'],
    sources: [
      'Anderl, Becker, v. Wangenheim, Schumann (2014); the R package ChannelAttribution simulates, here it is solved exactly',
      'Some texts drop repeated touches (A > A): the removal effects of order 1 are the same, the table here keeps them',
    ],
  },
  {
    code: 'SHAPLEY',
    description: 'Credit by the average contribution of a channel to all coalitions of channels',
    bestFor: 'A fair division that does not depend on order',
    useCase: 'Data-driven attribution where presence matters',
    formula:
      'φᵢ = Σ over coalitions S without i of |S|! (n − |S| − 1)! / n! × (v(S ∪ i) − v(S)). A conversion is shared evenly ' +
      'over its distinct values, then evenly over the touches of a value: with counts the sums are the exact values.',
    edgeCases: [
      ONE_TOUCH,
      'v(S) by counts: conversions of journeys that touched nothing outside S; by rates: those divided by all such journeys.',
      'Up to 16 values exactly; beyond, counts use their closed form Σ conversions / distinct values of the journey, and ' +
        'rates fail with SHAPLEY_TOO_MANY_PLAYERS.',
      'By rates a value may be negative; rows do not follow rates.',
      'Fewer than 100 converting journeys: LOW_SAMPLE.',
    ],
    configKeys: ['shapley_worth', 'dimension'],
    sources: [
      'Shapley (1953); Zhao, Mahboobi, Bagheri (2018) for the closed form of counts',
      'Some packages add up the rates of all sub-coalitions; here a rate is that of all journeys within the coalition',
    ],
  },
];
