import { invalid } from '../../../domain/core/errors.ts';
import { SOURCE_DIMENSIONS } from '../../../domain/data/touch-source.rules.ts';
import { type Dimension, type Metric, measuresOf } from '../../../domain/insight/metrics.rules.ts';
import type { Granularity } from '../../../domain/insight/period.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { withTeamIds } from '../../platform/roles/index.ts';
import { Board, type MoneyMode } from './board.ts';
import { type AnswerFacts, checkAsked, factsOf, refuseUnknownZone } from './facts.ts';
import type { Asked } from './head.query.ts';
import { dimensionsOf, metricOf, sourceOf } from './registry.ts';
import { readAnswer } from './report.query.ts';
import { type ReportRow, rowsOf, sorted } from './rows.ts';
import type { Filters } from './source.ts';

/** What narrows and shapes an answer, beside its period and run. */
export interface ReportInput extends Asked {
  readonly agentId?: readonly string[] | undefined;
  readonly teamId?: readonly string[] | undefined;
  readonly vendorId?: readonly string[] | undefined;
  readonly channel?: readonly string[] | undefined;
  readonly campaign?: readonly string[] | undefined;
  readonly contentId?: readonly string[] | undefined;
  readonly source?: readonly string[] | undefined;
  readonly intent?: readonly string[] | undefined;
  readonly cadenceId?: readonly string[] | undefined;
  readonly stepId?: readonly string[] | undefined;
  readonly templateId?: readonly string[] | undefined;
  readonly variant?: readonly string[] | undefined;
  readonly senderId?: readonly string[] | undefined;
  readonly bulkJobId?: readonly string[] | undefined;
  readonly bdrAgentId?: readonly string[] | undefined;
  readonly promptVersion?: readonly string[] | undefined;
  /** A metric's code, descending with `-` before it. */
  readonly sort?: string | undefined;
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
}

export interface ReportShape {
  readonly metrics: readonly string[];
  readonly dimensions: readonly Dimension[];
  readonly granularity: Granularity | null;
  /** Metrics that cannot be cut so: null with a warning, or (false) a refusal. */
  readonly lenient: boolean;
}

export interface Report extends AnswerFacts {
  granularity: Granularity | null;
  dimensions: readonly Dimension[];
  metrics: readonly Metric[];
  money: {
    mode: MoneyMode;
    currency: string;
    currencies: string[];
    rates: { from: string; to: string; rate: number; effectiveOn: string; inverse: boolean }[];
  };
  rows: ReportRow[];
  /** Rows beyond this page too. */
  total: number;
  /** What has no value of the (one) dimension. */
  unassigned: ReportRow | null;
  totals: ReportRow;
}

const FILTERS = {
  agent: 'agentId',
  team: 'teamId',
  vendor: 'vendorId',
  channel: 'channel',
  campaign: 'campaign',
  content: 'contentId',
  source: 'source',
  intent: 'intent',
  ...SOURCE_DIMENSIONS,
} as const satisfies Record<Dimension, keyof ReportInput>;

/** @throws AppError validation for the number of a team that does not exist. */
export async function filtersOf(ctx: Ctx, asked: ReportInput): Promise<Filters> {
  const input = await withTeamIds(ctx, asked);
  const given = Object.entries(FILTERS).map(([dimension, name]) => [dimension, input[name]] as const);
  return Object.fromEntries(given.filter(([, values]) => values && values.length > 0)) as Filters;
}

/** Answers a question about metrics. @throws AppError validation; not_found and conflict for the run. */
export async function makeReport(ctx: Ctx, input: ReportInput, shape: ReportShape): Promise<Report> {
  const { dimensions, granularity } = shape;
  checkAsked(input, granularity);
  const filters = await filtersOf(ctx, input);
  const metrics = shape.metrics.map(metricOf);
  const cutBy = [...dimensions, ...(Object.keys(filters) as Dimension[])];
  const impossible = metrics.filter((metric) => !cutBy.every((dimension) => dimensionsOf(metric).includes(dimension)));
  if (impossible.length > 0 && !shape.lenient) {
    throw invalid(
      'metrics',
      `${impossible[0]!.code} is known by ${dimensionsOf(impossible[0]!).join(', ')} only`,
      impossible[0]!.code,
      'GET /v1/analytics/metrics lists what each metric can be cut and filtered by.',
    );
  }
  const possible = metrics.filter((metric) => !impossible.includes(metric));
  const measures = new Set(possible.flatMap(measuresOf));
  const sources = [...new Set([...measures].map(sourceOf))];
  const statement = { ...input, dimensions, granularity, filters, sources, measures };
  const answer = await refuseUnknownZone(() => readAnswer(ctx, statement), input.timezone);
  const facts = factsOf(answer.head, input);
  const board = new Board(answer, sources, input.currency !== undefined);
  facts.warnings.push(...warningsOf(board, impossible));
  const rows = rowsOf({
    answer,
    board,
    shape,
    metrics,
    possible: new Set(possible),
    compare: input.compare !== undefined,
  });
  const isUnassigned = (row: ReportRow) => dimensions.length === 1 && !granularity && row.keys[dimensions[0]!] === null;
  const ordered = sorted(
    rows.parts.filter((row) => !isUnassigned(row)),
    input.sort,
    metrics,
    granularity,
  );
  const { page = 1, limit = 50 } = input;
  return {
    ...facts,
    granularity,
    dimensions,
    metrics,
    money: moneyOf(board),
    // A series is one picture; it has no pages.
    rows: granularity && dimensions.length === 0 ? ordered : ordered.slice((page - 1) * limit, page * limit),
    total: ordered.length,
    unassigned: rows.parts.find(isUnassigned) ?? null,
    totals: rows.whole,
  };
}

function warningsOf(board: Board, impossible: readonly Metric[]): AnswerFacts['warnings'] {
  const grouped = {
    code: 'CURRENCIES_NOT_ADDED',
    message: `Amounts are in ${board.currencies.join(', ')} and a rate into ${board.currency} is missing, so they stand apart in by_currency. Store rates with POST /v1/exchange-rates.`,
  };
  const notCut = {
    code: 'METRIC_NOT_CUT',
    message: `Not known for this grouping or filter, hence null: ${impossible.map(({ code }) => code).join(', ')}.`,
  };
  return [...(board.mode === 'grouped' ? [grouped] : []), ...(impossible.length > 0 ? [notCut] : [])];
}

const moneyOf = (board: Board): Report['money'] => ({
  mode: board.mode,
  currency: board.currency,
  currencies: [...board.currencies],
  rates: board.usedRates().map((rate) => ({
    from: rate.currency,
    to: board.currency,
    rate: rate.rate,
    effectiveOn: rate.effective_on,
    inverse: rate.inverse,
  })),
});
