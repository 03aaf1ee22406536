import { z } from 'zod';
import {
  DIMENSIONS,
  MARKOV_ORDERS,
  MAX_TIME_WINDOW_HOURS,
  MODEL_CODES,
  SHAPLEY_WORTHS,
} from '../../domain/insight/attribution.rules.ts';
import { MAX_CUSTOM_WEIGHT } from '../../domain/insight/custom-weights.rules.ts';
import { reference } from '../../domain/platform/person.input.ts';
import { day, decimalAmount, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { referenceText } from '../platform/people.dto.ts';
import { ModelSummaries } from './model-details.dto.ts';
import { optionalSources } from './source-fields.ts';

export const Model = z.enum(MODEL_CODES);
export const RunStatus = z.enum(['pending', 'running', 'completed', 'failed']);

const windowHours = z.number().min(1).max(MAX_TIME_WINDOW_HOURS);
const windows = z.record(z.string().min(1).max(64), windowHours);

const weight = z.number().min(0).max(MAX_CUSTOM_WEIGHT);

const PositionWeightsBody = z
  .strictObject({ first: weight.optional(), middle: weight.optional(), last: weight.optional() })
  .meta({ id: 'PositionWeights' });

export const CustomWeightsBody = z
  .strictObject({
    first: weight.optional(),
    middle: weight.optional().describe('Shared by all touches between the first and the last'),
    last: weight.optional(),
    positions: z
      .array(weight)
      .min(1)
      .max(100)
      .optional()
      .describe('Instead of first, middle, last: 1st, 2nd, 3rd … touch'),
    otherPositions: weight.optional().describe('Touches beyond positions; default 0'),
    channels: z
      .record(text(64).toLowerCase(), weight)
      .optional()
      .describe('Multiplied with the weight of the position'),
    otherChannels: weight.optional().describe('Channels that channels does not name; default 1'),
  })
  .meta({ id: 'CustomWeights' });

export const RunConfigBody = z
  .strictObject({
    timeWindowHours: windowHours.optional().describe('Lookback window; default 72'),
    includeChannels: z
      .array(text(64).toLowerCase())
      .max(100)
      .optional()
      .describe('Channels whose touches count; empty: all'),
    eventTypes: z.array(text(64)).max(100).optional().describe('Conversion types to include; empty: all'),
    minPurchaseAmount: decimalAmount()
      .refine((amount) => !amount.startsWith('-'), 'must not be negative')
      .optional()
      .describe("Compared in each conversion's own currency"),
    startDate: day().optional().describe("First day of conversions, in the organization's time zone"),
    endDate: day().optional().describe('Last day of conversions, inclusive'),
    halfLifeHours: z
      .number()
      .min(0.01)
      .max(MAX_TIME_WINDOW_HOURS)
      .optional()
      .describe('TIME_DECAY; default: half of the lookback window'),
    channelWindows: z
      .record(text(64).toLowerCase(), windowHours)
      .optional()
      .describe("Hours by channel; replaces time_window_hours for that channel's touches"),
    eventTypeWindows: windows.optional().describe('Hours by conversion type; where both apply, the narrower decides'),
    models: z.array(Model).max(MODEL_CODES.length).optional().describe('Further models computed in the same run'),
    teamId: reference()
      .transform(String)
      .optional()
      .describe('Id or number: only touches with a participant of this team count'),
    vendorId: id().optional().describe('Only touches of this vendor count'),
    positionWeights: PositionWeightsBody.optional().describe(
      'POSITION_BASED; default 0.4, 0.2, 0.4; only the proportion counts, what is absent weighs 0',
    ),
    customWeights: CustomWeightsBody.optional().describe('CUSTOM, which needs it; only the proportion counts'),
    dimension: z.enum(DIMENSIONS).optional().describe('MARKOV and SHAPLEY tell touches apart by it; default channel'),
    markovOrder: z.number().int().min(1).max(MARKOV_ORDERS.length).optional().describe('1 to 3; default 1'),
    shapleyWorth: z.enum(SHAPLEY_WORTHS).optional().describe('What a coalition is worth; default counts'),
    touchEventTypes: z
      .array(text(100))
      .max(100)
      .optional()
      .describe(
        'Types of events that count as touches, page_view for page views; their channel is web, and they have neither team nor vendor. Default: none',
      ),
  })
  .meta({ id: 'AttributionRunConfig' });

export const CreateRunBody = z
  .strictObject({
    modelCode: Model.optional().describe('Needed unless the use case names one'),
    name: text(200),
    config: RunConfigBody.default({}),
    useCaseId: id().optional().describe('Its configuration fills in what this one does not say'),
  })
  .meta({ id: 'AttributionRunInput' });

export const RunParams = z.strictObject({ runId: id() });

export const ListRunsQuery = z.strictObject({
  ...pageQuery,
  status: RunStatus.optional(),
  modelCode: Model.optional(),
});

export const ListResultsQuery = z.strictObject({
  ...pageQuery,
  modelCode: Model.optional(),
  conversionId: id().optional(),
  interactionId: id().optional(),
  customerId: id().optional(),
  agentId: id().optional(),
  teamId: referenceText().optional(),
  vendorId: id().optional(),
  channel: text(64).toLowerCase().optional(),
  campaign: text(255).optional(),
  ...optionalSources,
});

export const PageQuery = z.strictObject(pageQuery);

export const Run = z
  .strictObject({
    id: id(),
    name: z.string(),
    modelCode: Model,
    models: z.array(Model),
    config: z.strictObject({
      timeWindowHours: z.number(),
      includeChannels: z.array(z.string()),
      eventTypes: z.array(z.string()),
      minPurchaseAmount: z.number().nullable(),
      startDate: day().nullable(),
      endDate: day().nullable(),
      halfLifeHours: z.number(),
      channelWindows: windows,
      eventTypeWindows: windows,
      models: z.array(Model),
      teamId: id().nullable(),
      vendorId: id().nullable(),
      positionWeights: z.strictObject({ first: z.number(), middle: z.number(), last: z.number() }),
      customWeights: CustomWeightsBody.nullable(),
      dimension: z.enum(DIMENSIONS),
      markovOrder: z.number(),
      shapleyWorth: z.enum(SHAPLEY_WORTHS),
      touchEventTypes: z.array(z.string()),
    }),
    status: RunStatus,
    generation: z.number().describe('Raised by every execution'),
    publishedGeneration: z.number().nullable().describe('The one whose results are shown'),
    asOf: timestamp().nullable().describe('When the input was frozen: later data does not change the results'),
    startedAt: timestamp().nullable(),
    completedAt: timestamp().nullable(),
    failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    conversionsProcessed: z.number().nullable(),
    conversionsAttributed: z.number().nullable(),
    conversionsUnattributed: z
      .number()
      .nullable()
      .describe('Without a touch in the window; listed under /unattributed'),
    progress: z.strictObject({ processed: z.number(), total: z.number().nullable() }),
    modelDetails: ModelSummaries,
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'AttributionRun' });

const decimalNumber = z.number();

export const TouchType = z.string().describe('interaction, page_view, or the type of the event');

export const Credit = z
  .strictObject({
    id: id(),
    runId: id(),
    modelCode: Model,
    conversionId: id(),
    externalEventId: z.string(),
    interactionId: id(),
    externalInteractionId: z.string().describe('Of an event or page view without an external id: its id'),
    campaign: z.string().nullable(),
    work: z
      .strictObject(optionalSources)
      .describe('What was at work; empty for touches that the product did not send itself'),
    touchType: TouchType,
    customerId: id(),
    agentId: id().nullable(),
    teamId: id().nullable(),
    vendorId: id().nullable(),
    channel: z.string(),
    weight: decimalNumber.describe('12 decimal places; those of one conversion and model sum to 1'),
    attributedAmount: decimalNumber.describe("The weight's share of the amount, exact in the currency's smallest unit"),
    currency: z.string(),
    isPrimaryTouch: z.boolean(),
    touchedAt: timestamp(),
    convertedAt: timestamp(),
  })
  .meta({ id: 'AttributionResult' });

export const Unattributed = z
  .strictObject({
    conversionId: id(),
    externalEventId: z.string(),
    customerId: id(),
    amount: decimalNumber,
    currency: z.string(),
    occurredAt: timestamp(),
    nearestTouch: z
      .strictObject({
        interactionId: id(),
        externalInteractionId: z.string(),
        touchType: TouchType,
        channel: z.string(),
        startedAt: timestamp(),
        hoursOutsideWindow: z.number().describe('0 when a filter of the run kept the touch out'),
      })
      .nullable(),
  })
  .meta({ id: 'UnattributedConversion' });

export const AttributionModel = z
  .strictObject({
    code: Model,
    description: z.string(),
    bestFor: z.string(),
    useCase: z.string(),
    formula: z.string(),
    edgeCases: z.array(z.string()),
    configKeys: z.array(z.string()).describe("Keys of a run's config that change it"),
    sources: z.array(z.string()).describe('Where the definition comes from, and which one was taken'),
  })
  .meta({ id: 'AttributionModel' });
