import type { z } from 'zod';
import { DIFFERENCE_PARTS } from '../../domain/insight/comparison.rules.ts';
import {
  type CompareView,
  type ComparisonView,
  compareRuns,
  getComparison,
  listOverClaims,
  loadClaims,
  type OverClaimsView,
  requestComparison,
} from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import {
  ClaimBody,
  ClaimsQuery,
  CompareAnswer,
  CompareQuery,
  Comparison,
  ComparisonBody,
  ComparisonParams,
  LoadedClaim,
  OverClaims,
  PART_NAMES,
} from './compare.dto.ts';

const face = 'a' as const;
const tag = 'attribution';

/** Amounts below 10^15 minor units are exact to the digit as JSON numbers; every amount of a table is its text. */
const numbers = <T extends object>(row: T, ...fields: (keyof T)[]) => ({
  ...row,
  ...Object.fromEntries(fields.map((field) => [field, Number(row[field])])),
});

type DifferenceView = NonNullable<CompareView['difference']>['totals'][number];
const toDifference = <T extends DifferenceView>(row: T) => ({
  ...numbers(row, 'from', 'to', 'difference'),
  parts: row.parts && numbers(row.parts, ...(Object.keys(row.parts) as (keyof typeof row.parts)[])),
});
const toValues = <T extends CompareView['totals'][number]>(row: T) => ({
  ...row,
  values: row.values.map((value) => numbers(value, 'credits', 'revenue')),
});

const toComparison = (view: ComparisonView): z.output<typeof Comparison> => ({
  ...view,
  models: view.models as z.output<typeof Comparison>['models'],
  steps: view.steps.map(({ part, ...step }) => ({ part: PART_NAMES[DIFFERENCE_PARTS.indexOf(part)]!, ...step })),
});

const toAnswer = (view: CompareView): z.output<typeof CompareAnswer> =>
  ({
    ...view,
    rows: view.rows.map(toValues),
    totals: view.totals.map(toValues),
    difference: view.difference && {
      ...view.difference,
      explanation: view.difference.explanation && toComparison(view.difference.explanation),
      rows: view.difference.rows.map(toDifference),
      totals: view.difference.totals.map(toDifference),
    },
  }) as unknown as z.output<typeof CompareAnswer>;

export const compareRunsEndpoint = defineEndpoint({
  operationId: 'compareAttributionRuns',
  face,
  method: 'get',
  path: '/attribution/compare',
  tag,
  summary: 'Runs and models side by side, by any dimension; the difference of two runs',
  description:
    'Credits and revenue of the published results. For exactly two runs also the second less the first; once POST /v1/attribution/comparisons has been asked for it, in parts: configuration, identity, corrections, late data, refunds. Currencies are never added.',
  errors: [404, 409],
  message: 'Attribution compared',
  query: CompareQuery,
  response: CompareAnswer,
  verb: compareRuns,
  input: ({ query }) => query,
  output: toAnswer,
  examples: [{ name: 'Models of the newest run by channel', query: { dimension: 'channel' } }],
});

export const requestComparisonEndpoint = defineEndpoint({
  operationId: 'createAttributionComparison',
  face,
  method: 'post',
  path: '/attribution/comparisons',
  tag,
  summary: 'Explain the difference of two completed runs in parts',
  description:
    'Turns the first run into the second one part at a time, in the stated order, and computes each state between them as a run of its own, durably. Read the parts by GET /v1/attribution/compare with the same two runs. Asked for again it is the same comparison.',
  errors: [404, 409],
  status: 201,
  message: (comparison) => `Comparison is ${comparison.status}`,
  body: ComparisonBody,
  response: Comparison,
  verb: requestComparison,
  input: ({ body }) => body,
  output: toComparison,
  location: (comparison) => `/attribution/comparisons/${comparison.id}`,
  examples: [
    {
      name: 'What a shorter window changes',
      after: [
        'executeAttributionRun',
        { operation: 'getAttributionRun', until: { status: 'completed' } },
        { operation: 'executeAttributionRun', example: 'Another run' },
        { operation: 'getAttributionRun', example: 'Another run', until: { status: 'completed' } },
      ],
      body: { baseRunId: '{{createAttributionRun.id}}', runId: '{{createAttributionRun[A shorter window].id}}' },
    },
  ],
});

export const getComparisonEndpoint = defineEndpoint({
  operationId: 'getAttributionComparison',
  face,
  method: 'get',
  path: '/attribution/comparisons/{comparisonId}',
  tag,
  summary: 'Status, progress and states of a comparison',
  errors: [404],
  message: (comparison) => `Comparison is ${comparison.status}`,
  params: ComparisonParams,
  response: Comparison,
  verb: getComparison,
  input: ({ params }) => params,
  output: toComparison,
});

export const loadClaimsEndpoint = defineEndpoint({
  operationId: 'loadPlatformClaims',
  face,
  method: 'post',
  path: '/attribution/platform-claims',
  tag,
  summary: 'Load what advertising platforms claim',
  description:
    'The same channel, platform and period is one claim: sent again it is replaced. Periods of one platform must not overlap. An array holds up to 1,000 claims, with one outcome per row.',
  errors: [409],
  status: (claim) => (claim.status === 'created' ? 201 : 200),
  message: (claim) => `Platform claim ${claim.status}`,
  bulk: true,
  body: ClaimBody,
  response: LoadedClaim,
  verb: loadClaims,
  input: ({ body }) => body,
  examples: [
    {
      name: 'A month of one platform',
      after: ['executeAttributionRun', { operation: 'getAttributionRun', until: { status: 'completed' } }],
      body: {
        channel: 'ads',
        platform: 'google_ads',
        startDate: '2026-05-01',
        endDate: '2026-05-31',
        conversions: 80,
        revenue: 9600.0,
        currency: 'USD',
      },
    },
  ],
});

const toRevenue = (rows: OverClaimsView['totals']['revenue']) =>
  rows.map((row) => ({ ...row, claimed: Number(row.claimed), real: Number(row.real) }));

export const listOverClaimsEndpoint = defineEndpoint({
  operationId: 'listPlatformClaims',
  face,
  method: 'get',
  path: '/attribution/platform-claims',
  tag,
  summary: 'Overlap and over-claim per channel, against the deduplicated truth of a run',
  errors: [404, 409],
  message: 'Platform claims',
  query: ClaimsQuery,
  response: OverClaims,
  verb: listOverClaims,
  input: ({ query }) => query,
  output: (view) =>
    ({
      ...view,
      channels: view.channels.map((channel) => ({ ...channel, revenue: toRevenue(channel.revenue) })),
      totals: { ...view.totals, revenue: toRevenue(view.totals.revenue) },
    }) as z.output<typeof OverClaims>,
  examples: [
    {
      name: 'The newest run',
      after: [
        'executeAttributionRun',
        { operation: 'getAttributionRun', until: { status: 'completed' } },
        'loadPlatformClaims',
      ],
    },
  ],
});
