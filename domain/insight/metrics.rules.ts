import { SOURCE_DIMENSION_NAMES, type SourceDimension } from '../data/touch-source.rules.ts';

const OWN_DIMENSIONS = ['agent', 'team', 'vendor', 'channel', 'campaign', 'content', 'source', 'intent'] as const;
export type Dimension = (typeof OWN_DIMENSIONS)[number] | SourceDimension;

/** What figures may be cut and filtered by. */
export const DIMENSIONS: readonly Dimension[] = [...OWN_DIMENSIONS, ...SOURCE_DIMENSION_NAMES];

/** Channels whose touches are calls; they are an open list otherwise. */
export const CALL_CHANNELS: readonly string[] = ['call', 'phone', 'voice'];

export type Unit = 'money' | 'count' | 'ratio' | 'seconds';
/** Which way is better; some figures only describe. */
export type Direction = 'higher' | 'lower' | 'neutral';

/**
 * How a metric follows from measures (sums that a statement answers): their sum, a quotient of two sums, the gain
 * (a − b) ÷ b, the part of the whole, or a quotient in comparison with that of the whole.
 */
export type Formula =
  | { readonly sum: readonly string[] }
  | { readonly ratio: readonly [readonly string[], readonly string[]] }
  | { readonly gain: readonly [readonly string[], readonly string[]] }
  | { readonly share: string }
  | { readonly index: readonly [readonly string[], readonly string[]] };

export interface Metric {
  /** Stable, lower snake case. */
  readonly code: string;
  readonly label: string;
  /** Other names under which screens speak of it. */
  readonly alsoCalled: readonly string[];
  readonly unit: Unit;
  readonly direction: Direction;
  /** Values of a dimension add up to the whole (except over those that one row may have several values of). */
  readonly additive: boolean;
  readonly formula: Formula;
  /** What is counted, in words precise enough to do it again. */
  readonly description: string;
}

export function measuresOf({ formula }: Pick<Metric, 'formula'>): string[] {
  if ('sum' in formula) return [...formula.sum];
  if ('share' in formula) return [formula.share];
  const [over, under] = 'ratio' in formula ? formula.ratio : 'gain' in formula ? formula.gain : formula.index;
  return [...over, ...under];
}

export type Measures = Readonly<Record<string, number | null | undefined>>;

/** Null where a measure is unknown or a quotient has nothing to divide by. */
export function evaluate({ formula }: Pick<Metric, 'formula'>, row: Measures, whole: Measures): number | null {
  if ('sum' in formula) return sumOf(formula.sum, row);
  if ('share' in formula) return divided(sumOf([formula.share], row), sumOf([formula.share], whole));
  if ('ratio' in formula) return quotient(formula.ratio, row);
  if ('index' in formula) return divided(quotient(formula.index, row), quotient(formula.index, whole));
  const [a, b] = formula.gain.map((names) => sumOf(names, row)) as [number | null, number | null];
  return a === null || b === null ? null : divided(a - b, b);
}

const quotient = ([over, under]: readonly [readonly string[], readonly string[]], row: Measures): number | null =>
  divided(sumOf(over, row), sumOf(under, row));

function sumOf(names: readonly string[], row: Measures): number | null {
  let sum = 0;
  for (const name of names) {
    const value = row[name];
    if (value === null || value === undefined) return null;
    sum += value;
  }
  return sum;
}

const divided = (over: number | null, under: number | null): number | null =>
  over === null || under === null || under === 0 ? null : over / under;

/** (now − before) ÷ |before|; null without a before. */
export const changeOf = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : rounded((now - before) / Math.abs(before));

/** Quotients leave with six decimal places. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
