import { z } from 'zod';
import { DIFFERENCE_PARTS, DIMENSIONS } from '../../domain/insight/comparison.rules.ts';
import { currencyCode, day, decimalAmount, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { Model } from './attribution.dto.ts';

/** Repeated parameters or one with commas. */
const list = <T extends z.ZodType<unknown, string>>(item: T, max: number) =>
  z
    .array(z.string().max(2_000))
    .transform((values) => values.flatMap((value) => value.split(',')).map((value) => value.trim()))
    .pipe(z.array(item).min(1).max(max));

export const CompareQuery = z.strictObject({
  runIds: list(id(), 10).optional().describe('Up to ten, repeated or with commas; default: the newest completed run'),
  modelCodes: list(Model, 20).optional().describe('Default: all models of each run'),
  dimension: z.enum(DIMENSIONS).default('channel'),
  limit: pageQuery.limit.describe('Rows shown, those with the largest revenue; totals are over all'),
});

/** As the fields of `parts` are called. */
export const PART_NAMES = ['configuration', 'identity', 'corrections', 'late_data', 'refunds'] as const;

const nullableText = z.string().nullable();
const money = z.number();

const Values = z.array(z.strictObject({ runId: id(), modelCode: Model, credits: z.number(), revenue: money }));
const Parts = z
  .strictObject(
    Object.fromEntries(DIFFERENCE_PARTS.map((part) => [part, money])) as Record<
      (typeof DIFFERENCE_PARTS)[number],
      typeof money
    >,
  )
  .nullable()
  .describe('What each part changes when it is applied after the ones before it; they sum to the difference');
const differenceFields = {
  currency: z.string(),
  modelCode: Model,
  from: money,
  to: money,
  difference: money,
  parts: Parts,
};

export const Comparison = z
  .strictObject({
    id: id(),
    baseRunId: id(),
    runId: id(),
    models: z.array(Model).describe('Those that both runs have'),
    status: z.enum(['running', 'completed', 'failed']),
    progress: z.strictObject({ processed: z.number(), total: z.number().nullable() }),
    steps: z
      .array(
        z.strictObject({
          part: z.enum(PART_NAMES),
          changed: z.boolean().describe('Whether anything differs between the runs here'),
          runId: id().describe('The run that holds the state once this part is applied'),
        }),
      )
      .describe('In the order in which the first run is turned into the second'),
    createdAt: timestamp(),
  })
  .meta({ id: 'AttributionComparison' });

export const CompareAnswer = z
  .strictObject({
    dimension: z.enum(DIMENSIONS),
    columns: z.array(
      z.strictObject({
        runId: id(),
        runName: z.string(),
        modelCode: Model,
        asOf: timestamp().nullable(),
        publishedGeneration: z.number(),
      }),
    ),
    rows: z.array(z.strictObject({ key: nullableText, label: nullableText, currency: z.string(), values: Values })),
    totals: z.array(z.strictObject({ currency: z.string(), values: Values })),
    truncated: z.boolean(),
    difference: z
      .strictObject({
        baseRunId: id(),
        runId: id(),
        explanation: Comparison.nullable().describe('Null until POST /v1/attribution/comparisons asks for it'),
        rows: z.array(z.strictObject({ key: nullableText, label: nullableText, ...differenceFields })),
        totals: z.array(z.strictObject(differenceFields)),
      })
      .nullable()
      .describe('Of exactly two runs: the second less the first'),
  })
  .meta({ id: 'AttributionComparisonTable' });

export const ComparisonBody = z
  .strictObject({ baseRunId: id().describe('The run to start from'), runId: id().describe('The run to arrive at') })
  .meta({ id: 'AttributionComparisonInput' });
export const ComparisonParams = z.strictObject({ comparisonId: id() });

export const ClaimBody = z
  .strictObject({
    channel: text(64).toLowerCase(),
    platform: text(64).toLowerCase().optional().describe('Who claims it; default: the channel'),
    startDate: day().describe("First day, in the organization's time zone"),
    endDate: day().describe('Last day, inclusive'),
    conversions: decimalAmount()
      .refine((value) => /^-?\d{1,12}(\.\d{1,6})?$/.test(value), 'must have at most 12 digits and 6 decimal places')
      .describe('May be a fraction: some platforms model conversions'),
    revenue: decimalAmount().optional().describe("In the currency's own scale"),
    currency: currencyCode().optional().describe('Needed with revenue'),
  })
  .meta({ id: 'PlatformClaimInput' });

export const LoadedClaim = z
  .strictObject({
    id: id(),
    channel: z.string(),
    platform: z.string(),
    startDate: day(),
    endDate: day(),
    status: z.enum(['created', 'updated', 'unchanged']),
  })
  .meta({ id: 'PlatformClaim' });

export const ClaimsQuery = z.strictObject({
  runId: id().optional().describe('The truth; default: the newest completed run'),
  modelCode: Model.optional().describe("Default: the run's own model"),
  startDate: day().optional().describe('Default: the first day that is claimed'),
  endDate: day().optional().describe('Default: the last day that is claimed'),
  channel: text(64).toLowerCase().optional(),
});

const ratio = z.number().nullable();
const Revenue = z.array(
  z.strictObject({ currency: z.string(), claimed: money, real: money, factor: ratio, overClaim: ratio }),
);

export const OverClaims = z
  .strictObject({
    run: z.strictObject({ id: id(), name: z.string(), modelCode: Model, asOf: timestamp().nullable() }),
    startDate: day().nullable(),
    endDate: day().nullable(),
    insideRun: z.boolean().describe('Whether the run looked at the conversions of all of these days'),
    channels: z.array(
      z.strictObject({
        channel: z.string(),
        platforms: z.array(z.string()),
        claimedConversions: z.number(),
        creditedConversions: z.number().describe('What the model gives this channel'),
        touchedConversions: z.number().describe('Real ones that the channel touched: the most it can honestly claim'),
        factor: ratio.describe('Claimed for each credited one'),
        overClaim: ratio.describe('0.842: 84.2 % more than is credited'),
        revenue: Revenue,
      }),
    ),
    totals: z.strictObject({
      claimedConversions: z.number(),
      realConversions: z.number().describe('Each conversion of the run in the period once'),
      factor: ratio,
      overClaim: ratio.describe('0.842: platforms claim 84.2 % more conversions than there were'),
      revenue: Revenue,
    }),
    claimsCutByRange: z.number().describe('Claims that lie only partly in the range; they are left out'),
  })
  .meta({ id: 'PlatformOverClaims' });
