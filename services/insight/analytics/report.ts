import { AppError, conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { changeOf, type Dimension, evaluate, type Metric, measuresOf, rounded } from '../../../domain/insight/metrics.rules.ts';
import { bucketsOf, daysBetween, type Granularity, isTimeZone } from '../../../domain/insight/period.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { sqlStateOf } from '../../core/transaction.ts';
import type { Asked, Head } from './head.query.ts';
import { Board, type MoneyMode } from './board.ts';
import { dimensionsOf, metricOf, sourceOf } from './registry.ts';
import { type Answer, readAnswer } from './report.query.ts';
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

export type Figures = Readonly<Record<string, number | null>>;

export interface ReportRow {
  /** The value of each dimension; null for what has none. */
  readonly keys: Partial<Readonly<Record<Dimension, string | null>>>;
  readonly labels: Partial<Readonly<Record<Dimension, Readonly<Record<string, string | null>>>>>;
  /** First day of the bucket. */
  readonly period: string | null;
  readonly figures: Figures;
  readonly byCurrency: readonly { currency: string; figures: Figures }[];
  readonly previous: Figures | null;
  /** Relative change since the period before. */
  readonly change: Figures | null;
}

export interface AnswerFacts {
  period: { startDate: string; endDate: string; timezone: string };
  previousPeriod: { startDate: string; endDate: string } | null;
  run: {
    id: string;
    name: string;
    modelCode: string;
    generation: number;
    asOf: Date;
    startDate: string | null;
    endDate: string | null;
    rangeInsideRun: boolean;
  } | null;
  modelCode: string;
  warnings: { code: string; message: string }[];
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
} as const satisfies Record<Dimension, keyof ReportInput>;

export function filtersOf(input: ReportInput): Filters {
  const given = Object.entries(FILTERS).map(([dimension, name]) => [dimension, input[name]] as const);
  return Object.fromEntries(given.filter(([, values]) => values && values.length > 0)) as Filters;
}

const MOST_BUCKETS = 1_200;

/** @throws AppError validation for a range that ends before it starts or an unknown time zone. */
export function checkAsked({ startDate, endDate, timezone }: Asked, granularity: Granularity | null = null): void {
  if (startDate && endDate && endDate < startDate) throw invalid('endDate', 'lies before start_date', endDate);
  if (timezone !== undefined && !isTimeZone(timezone)) {
    throw invalid('timezone', 'is no time zone, such as Europe/Berlin', timezone);
  }
  if (granularity && startDate && endDate && bucketsOf(startDate, endDate, granularity, 1).length > MOST_BUCKETS) {
    throw invalid('groupBy', `would make more than ${MOST_BUCKETS} rows; group by a longer period`, granularity);
  }
}

/** The time zones of the runtime and of the database are two lists. */
export async function refuseUnknownZone<T>(work: () => Promise<T>, timezone: string | undefined): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (timezone !== undefined && sqlStateOf(error) === '22023') throw invalid('timezone', 'is no time zone', timezone);
    throw error;
  }
}

/** Answers a question about metrics. @throws AppError validation; not_found and conflict for the run. */
export async function makeReport(ctx: Ctx, input: ReportInput, shape: ReportShape): Promise<Report> {
  const { dimensions, granularity } = shape;
  checkAsked(input, granularity);
  const filters = filtersOf(input);
  const metrics = shape.metrics.map(metricOf);
  const cutBy = new Set([...dimensions, ...(Object.keys(filters) as Dimension[])]);
  const isPossible = (metric: Metric) => [...cutBy].every((dimension) => dimensionsOf(metric).includes(dimension));
  const possible = metrics.filter(isPossible);
  const impossible = metrics.filter((metric) => !possible.includes(metric));
  if (impossible.length > 0 && !shape.lenient) {
    throw invalid(
      'metrics',
      `${impossible[0]!.code} is known by ${dimensionsOf(impossible[0]!).join(', ')} only`,
      impossible[0]!.code,
      'GET /v1/analytics/metrics lists what each metric can be cut and filtered by.',
    );
  }
  const sources = [...new Set(possible.flatMap(measuresOf).map(sourceOf))];
  const statement = { ...input, dimensions, granularity, filters, sources };
  const answer =
    sources.length > 0
      ? await refuseUnknownZone(() => readAnswer(ctx, statement), input.timezone)
      : await readAnswer(ctx, { ...statement, sources: [sourceOf('interactions')] });
  return assemble(answer, input, shape, metrics, new Set(possible));
}

function assemble(
  answer: Answer,
  input: ReportInput,
  { dimensions, granularity }: ReportShape,
  metrics: readonly Metric[],
  possible: ReadonlySet<Metric>,
): Report {
  const { head, labels } = answer;
  const facts = factsOf(head, input);
  const board = new Board(answer, input.currency !== undefined);
  if (board.mode === 'grouped') {
    facts.warnings.push({
      code: 'CURRENCIES_NOT_ADDED',
      message: `Amounts are in ${board.currencies.join(', ')} and a rate into ${board.currency} is missing, so they stand apart in by_currency. Store rates with POST /v1/exchange-rates.`,
    });
  }
  const impossible = metrics.filter((metric) => !possible.has(metric));
  if (impossible.length > 0) {
    facts.warnings.push({
      code: 'METRIC_NOT_CUT',
      message: `Not known for this grouping or filter, hence null: ${impossible.map(({ code }) => code).join(', ')}.`,
    });
  }
  const figuresOf = (key: string, which: 0 | 1, currency?: string): Figures =>
    Object.fromEntries(
      metrics.map((metric) => [metric.code, possible.has(metric) ? figure(board, metric, key, which, currency) : null]),
    );
  const rowOf = (key: string, previousKey: string, value: Omit<ReportRow, 'figures' | 'byCurrency' | 'previous' | 'change'>) => {
    const figures = figuresOf(key, 0);
    const previous = input.compare ? figuresOf(previousKey, 1) : null;
    const money = board.currenciesOf(key).map((currency) => ({
      currency,
      figures: Object.fromEntries(
        metrics
          .filter((metric) => measuresOf(metric).every((measure) => sourceOf(measure).byCurrency))
          .map((metric) => [metric.code, possible.has(metric) ? figure(board, metric, key, 0, currency) : null]),
      ),
    }));
    const change =
      previous && Object.fromEntries(metrics.map(({ code }) => [code, changeOf(figures[code]!, previous[code]!)]));
    return { ...value, figures, byCurrency: money, previous, change };
  };
  const totals = rowOf(Board.WHOLE, Board.WHOLE, { keys: {}, labels: {}, period: null });
  const keys =
    dimensions.length === 0 && granularity
      ? bucketsOf(head.from_day, head.to_day, granularity, head.week_start).map((bucket) => Board.keyOf(null, null, bucket))
      : board.keys();
  const before =
    granularity && input.compare
      ? bucketsOf(head.previous_from, head.previous_to, granularity, head.week_start)
      : [];
  const buckets = granularity ? bucketsOf(head.from_day, head.to_day, granularity, head.week_start) : [];
  const all = granularity || dimensions.length > 0 ? keys.map((key) => {
    const { k0, k1, bucket } = Board.partsOf(key);
    const values = [k0, k1];
    const earlier = bucket === null ? key : Board.keyOf(k0, k1, before[buckets.indexOf(bucket)] ?? '');
    return rowOf(key, earlier, {
      keys: Object.fromEntries(dimensions.map((dimension, index) => [dimension, values[index]!])),
      labels: Object.fromEntries(
        dimensions.map((dimension, index) => [dimension, labels[dimension]?.[values[index] ?? ''] ?? {}]),
      ),
      period: bucket,
    });
  }) : [];
  const isUnassigned = (row: ReportRow) => dimensions.length === 1 && !granularity && row.keys[dimensions[0]!] === null;
  const rows = sorted(all.filter((row) => !isUnassigned(row)), input.sort, metrics, granularity);
  const { page = 1, limit = 50 } = input;
  return {
    ...facts,
    granularity,
    dimensions,
    metrics,
    money: {
      mode: board.mode,
      currency: board.currency,
      currencies: board.currencies,
      rates: board.usedRates().map((rate) => ({
        from: rate.currency,
        to: board.currency,
        rate: rate.rate,
        effectiveOn: rate.effective_on,
        inverse: rate.inverse,
      })),
    },
    // A series is one picture; it has no pages.
    rows: granularity && dimensions.length === 0 ? rows : rows.slice((page - 1) * limit, page * limit),
    total: rows.length,
    unassigned: all.find(isUnassigned) ?? null,
    totals,
  };
}

/** In the unit that is shown: money as decimals, everything else as it is. */
function figure(board: Board, metric: Metric, key: string, which: 0 | 1, currency?: string): number | null {
  const row = board.measures(key, which, currency);
  const value = evaluate(metric, row, board.measures(Board.WHOLE, which, currency));
  if (value === null) return null;
  return metric.unit === 'money' ? Number(fromMinorUnits(Math.round(value), currency ?? board.currency)) : rounded(value);
}

function sorted(
  rows: readonly ReportRow[],
  sort: string | undefined,
  metrics: readonly Metric[],
  granularity: Granularity | null,
): ReportRow[] {
  const field = sort?.replace(/^-/, '') ?? metrics[0]?.code ?? '';
  const down = sort ? sort.startsWith('-') : true;
  const byKey = (a: ReportRow, b: ReportRow) => JSON.stringify(a.keys).localeCompare(JSON.stringify(b.keys), 'en');
  const byPeriod = (a: ReportRow, b: ReportRow) => (a.period ?? '').localeCompare(b.period ?? '');
  if (granularity && !sort) return [...rows].sort((a, b) => byPeriod(a, b) || byKey(a, b));
  const rank = (row: ReportRow) => row.figures[field] ?? row.byCurrency[0]?.figures[field] ?? Number.NEGATIVE_INFINITY;
  return [...rows].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x === y ? byPeriod(a, b) || byKey(a, b) : (x < y ? -1 : 1) * (down ? -1 : 1);
  });
}

/** Period, run and model of an answer. @throws AppError not_found, conflict `RUN_NOT_PUBLISHED`, validation. */
export function factsOf(head: Head, asked: Asked): AnswerFacts {
  if (asked.runId && head.run_id === null) throw notFound('The attribution run');
  if (head.run_id !== null && head.generation === null) {
    throw conflict('RUN_NOT_PUBLISHED', 'The run has no results yet.', {
      hint: 'Execute it and wait until its status is completed, or leave run_id out.',
    });
  }
  if (head.run_models && !head.run_models.includes(head.model_code)) {
    throw invalid('modelCode', `is none of the run's models (${head.run_models.join(', ')})`, head.model_code);
  }
  const inside =
    (head.run_start ?? '') <= head.from_day &&
    (head.run_end === null || head.run_end >= head.to_day) &&
    (head.as_of_day ?? '') >= head.to_day;
  const warnings: AnswerFacts['warnings'] = [];
  if (head.run_id === null) {
    warnings.push({
      code: 'NO_PUBLISHED_RUN',
      message: `No completed run has the model ${head.model_code}, so nothing is credited. Create and execute one at /v1/attribution/runs.`,
    });
  } else if (!inside) {
    warnings.push({
      code: 'RANGE_OUTSIDE_RUN',
      message: `The run holds conversions ${head.run_start ? `from ${head.run_start} ` : ''}until ${[head.run_end, head.as_of_day].filter(Boolean).sort()[0]}; days outside of it have no credit.`,
    });
  }
  return {
    period: { startDate: head.from_day, endDate: head.to_day, timezone: head.time_zone },
    previousPeriod: asked.compare ? { startDate: head.previous_from, endDate: head.previous_to } : null,
    run:
      head.run_id === null
        ? null
        : {
            id: head.run_id,
            name: head.run_name!,
            modelCode: head.model_code,
            generation: head.generation!,
            asOf: new Date(head.as_of!),
            startDate: head.run_start,
            endDate: head.run_end,
            rangeInsideRun: inside,
          },
    modelCode: head.model_code,
    warnings,
  };
}
