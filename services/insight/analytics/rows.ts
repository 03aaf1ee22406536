import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import {
  changeOf,
  type Dimension,
  evaluate,
  type Metric,
  measuresOf,
  rounded,
} from '../../../domain/insight/metrics.rules.ts';
import { bucketsOf, type Granularity } from '../../../domain/insight/period.rules.ts';
import { Board } from './board.ts';
import { sourceOf } from './registry.ts';
import type { Answer } from './report.query.ts';

/** Value of each metric by its code, in the unit that is shown. */
export type Figures = Readonly<Record<string, number | null>>;

export interface ReportRow {
  /** The value of each dimension; null for what has none. */
  readonly keys: Partial<Readonly<Record<Dimension, string | null>>>;
  readonly labels: Partial<Readonly<Record<Dimension, Readonly<Record<string, string | null>>>>>;
  /** First day of the bucket. */
  readonly period: string | null;
  readonly figures: Figures;
  /** The same for the facts of one currency, as far as facts have one. */
  readonly byCurrency: readonly { readonly currency: string; readonly figures: Figures }[];
  readonly previous: Figures | null;
  /** Relative change since the period before. */
  readonly change: Figures | null;
}

export interface RowsOf {
  readonly answer: Answer;
  readonly board: Board;
  readonly shape: { readonly dimensions: readonly Dimension[]; readonly granularity: Granularity | null };
  readonly metrics: readonly Metric[];
  /** The others are null. */
  readonly possible: ReadonlySet<Metric>;
  readonly compare: boolean;
}

/** One row for each value, and one for the whole. A series has a row for every bucket, also where nothing happened. */
export function rowsOf(of: RowsOf): { parts: ReportRow[]; whole: ReportRow } {
  const { answer, board, shape, compare } = of;
  const { dimensions, granularity } = shape;
  const { head, labels } = answer;
  const whole = rowAt(of, Board.WHOLE, Board.WHOLE, { keys: {}, labels: {}, period: null });
  if (dimensions.length === 0 && !granularity) return { parts: [], whole };
  const buckets = granularity ? bucketsOf(head.from_day, head.to_day, granularity, head.week_start) : [];
  const earlier =
    granularity && compare ? bucketsOf(head.previous_from, head.previous_to, granularity, head.week_start) : [];
  const keys =
    dimensions.length === 0
      ? buckets.map((bucket) => Board.keyOf({ k0: null, k1: null, bucket }))
      : board.keys().filter((key) => !granularity || buckets.includes(Board.placeOf(key).bucket!));
  const parts = keys.map((key) => {
    const place = Board.placeOf(key);
    const before = place.bucket && { ...place, bucket: earlier[buckets.indexOf(place.bucket)] ?? '' };
    const values = [place.k0, place.k1];
    return rowAt(of, key, before ? Board.keyOf(before) : key, {
      keys: Object.fromEntries(dimensions.map((dimension, index) => [dimension, values[index] ?? null])),
      labels: Object.fromEntries(
        dimensions.map((dimension, index) => [dimension, labels[dimension]?.[values[index] ?? ''] ?? {}]),
      ),
      period: place.bucket,
    });
  });
  return { parts, whole };
}

function rowAt(
  { board, metrics, possible, compare }: RowsOf,
  key: string,
  keyBefore: string,
  value: Pick<ReportRow, 'keys' | 'labels' | 'period'>,
): ReportRow {
  const figuresOf = (of: readonly Metric[], at: string, which: 0 | 1, currency?: string): Figures => {
    const row = board.measures(at, which, currency);
    const whole = board.measures(Board.WHOLE, which, currency);
    const shown = (metric: Metric) => {
      const figure = possible.has(metric) ? evaluate(metric, row, whole) : null;
      return figure === null ? null : inUnit(metric, figure, currency ?? board.currency);
    };
    return Object.fromEntries(of.map((metric) => [metric.code, shown(metric)]));
  };
  const figures = figuresOf(metrics, key, 0);
  const previous = compare ? figuresOf(metrics, keyBefore, 1) : null;
  const ofCurrency = metrics.filter((metric) => measuresOf(metric).every((measure) => sourceOf(measure).byCurrency));
  return {
    ...value,
    figures,
    byCurrency: board
      .currenciesOf(key)
      .map((currency) => ({ currency, figures: figuresOf(ofCurrency, key, 0, currency) })),
    previous,
    change:
      previous &&
      Object.fromEntries(metrics.map(({ code }) => [code, changeOf(figures[code] ?? null, previous[code] ?? null)])),
  };
}

const inUnit = ({ unit }: Metric, value: number, currency: string): number =>
  unit === 'money' ? Number(fromMinorUnits(Math.round(value), currency)) : rounded(value);

/** By a metric's code (`-` before it: descending); unless given, a series by time and others by their first metric. */
export function sorted(
  rows: readonly ReportRow[],
  sort: string | undefined,
  metrics: readonly Metric[],
  granularity: Granularity | null,
): ReportRow[] {
  const byPlace = (a: ReportRow, b: ReportRow) =>
    compare(a.period ?? '', b.period ?? '') || compare(JSON.stringify(a.keys), JSON.stringify(b.keys));
  if (granularity && !sort) return [...rows].sort(byPlace);
  const field = sort?.replace(/^-/, '') ?? metrics[0]?.code ?? '';
  const direction = !sort || sort.startsWith('-') ? -1 : 1;
  // Where currencies stand apart, the order is that of the first one.
  const rank = (row: ReportRow) => row.figures[field] ?? row.byCurrency[0]?.figures[field] ?? Number.NEGATIVE_INFINITY;
  return [...rows].sort((a, b) => direction * compare(rank(a), rank(b)) || byPlace(a, b));
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
