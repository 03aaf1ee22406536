import { type AppError, conflict } from '../core/errors.ts';
import { byCode } from '../core/sort.rules.ts';
import { invert, solve } from './linear-algebra.rules.ts';

/** How often journeys made one step: a touch after the touches before it (at most as many as the order). */
export interface JourneyStep {
  /** Oldest first; empty at the start of a journey. */
  before: readonly string[];
  touch: string;
  count: number;
  /** Of these, steps that were the last of a journey with and without conversion. */
  converted: number;
  lost: number;
}

export interface MarkovTransition {
  /** The touches that make up the state, oldest first; empty: the start. */
  from: string[];
  /** The next touch; null where the journey ends. */
  to: string | null;
  outcome: 'conversion' | 'lost' | null;
  count: number;
  probability: number;
}

export interface MarkovEffect {
  value: string;
  /** Share of conversions that would be lost without it: 1 − P(conversion without it) / P(conversion). */
  removalEffect: number;
  /** Its removal effect divided by the sum of all. */
  share: number;
  /** Share × number of converting journeys. */
  credit: number;
}

export interface MarkovDetails {
  order: number;
  journeys: number;
  converted: number;
  states: number;
  conversionProbability: number;
  effects: MarkovEffect[];
  transitions: MarkovTransition[];
}

/** The inverse of the transition matrix is computed whole: a second of work and 8 MB at this size. */
export const MAX_MARKOV_STATES = 1_000;

/**
 * Attribution by the removal effect in an absorbing Markov chain (Anderl, Becker, v. Wangenheim, Schumann 2014;
 * exact, where the R package ChannelAttribution simulates). A state is the last `order` touches, fewer at the start
 * of a journey; repeated touches stay (A > A is a transition). A removed channel swallows whoever reaches it: its
 * transitions lead to a lost journey.
 * @throws AppError conflict `MARKOV_TOO_MANY_STATES`.
 */
export function markovDetails(steps: readonly JourneyStep[], order: number): MarkovDetails {
  const chain = buildChain(steps, order);
  const { states, transitions } = chain;
  const n = states.length;
  if (n > MAX_MARKOV_STATES) throw tooManyStates(n, order);
  // I − Q over the transient states, and the probability of converting in one step.
  const matrix = Array.from({ length: n }, (_, row) =>
    new Float64Array(n).map((__, column) => (row === column ? 1 : 0)),
  );
  const converts = new Float64Array(n);
  for (const { row, next, outcome, probability } of transitions) {
    if (outcome === 'conversion') converts[row]! += probability;
    else if (next !== null) matrix[row]![next]! -= probability;
  }
  const visits = invert(matrix);
  const conversion = visits.map((row) => row.reduce((sum, expected, column) => sum + expected * converts[column]!, 0));
  const total = conversion[0] ?? 0;
  const values = [...new Set(states.flatMap((state) => state.at(-1) ?? []))].sort(byCode);
  const effects = values.map((value) => {
    const removed = states.flatMap((state, index) => (state.at(-1) === value ? [index] : []));
    return { value, removalEffect: total > 0 ? throughAny(visits, conversion, removed) / total : 0 };
  });
  const sum = effects.reduce((all, { removalEffect }) => all + removalEffect, 0);
  const converted = steps.reduce((all, step) => all + step.converted, 0);
  return {
    order,
    journeys: converted + steps.reduce((all, step) => all + step.lost, 0),
    converted,
    states: n,
    conversionProbability: total,
    effects: effects.map((effect) => {
      const share = sum > 0 ? effect.removalEffect / sum : 0;
      return { ...effect, share, credit: share * converted };
    }),
    transitions: transitions.map(({ row, to, outcome, count, probability }) => ({
      from: [...states[row]!],
      to,
      outcome,
      count,
      probability,
    })),
  };
}

/** The probability of converting by way of one of these states: what is lost when they swallow everybody. */
function throughAny(
  visits: readonly Float64Array[],
  conversion: readonly number[],
  removed: readonly number[],
): number {
  // Expected visits N of the whole chain: with states C swallowed, x' = x − N[·,C] · N[C,C]⁻¹ · x[C].
  const within = removed.map((row) => Float64Array.from(removed, (column) => visits[row]![column]!));
  const factors = solve(
    within,
    Float64Array.from(removed, (state) => conversion[state]!),
  );
  return removed.reduce((sum, state, index) => sum + visits[0]![state]! * factors[index]!, 0);
}

export const tooManyStates = (states: number, order: number): AppError =>
  conflict(
    'MARKOV_TOO_MANY_STATES',
    `The journeys have ${states} states of order ${order}, more than ${MAX_MARKOV_STATES}.`,
    { hint: 'Choose a lower markov_order, another dimension, or fewer channels.' },
  );

interface ChainTransition {
  row: number;
  next: number | null;
  to: string | null;
  outcome: 'conversion' | 'lost' | null;
  count: number;
  probability: number;
}

/** State 0 is the start. Everything is sorted, so that the same counts give the same digits. */
function buildChain(steps: readonly JourneyStep[], order: number) {
  const counts = new Map<
    string,
    Map<string, { to: string | null; outcome: ChainTransition['outcome']; count: number }>
  >();
  const add = (from: readonly string[], to: string | null, outcome: ChainTransition['outcome'], count: number) => {
    if (count === 0) return;
    const key = JSON.stringify(from);
    const row = counts.get(key) ?? new Map();
    counts.set(key, row);
    const column = JSON.stringify([outcome, to]);
    const cell = row.get(column) ?? { to, outcome, count: 0 };
    row.set(column, { ...cell, count: cell.count + count });
  };
  for (const { before, touch, count, converted, lost } of steps) {
    const from = before.slice(-order);
    const reached = [...from, touch].slice(-order);
    add(from, touch, null, count);
    add(reached, null, 'conversion', converted);
    add(reached, null, 'lost', lost);
  }
  const start = JSON.stringify([]);
  const keys = [start, ...[...counts.keys()].filter((key) => key !== start).sort(byCode)];
  const states = keys.map((key) => JSON.parse(key) as string[]);
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const transitions = keys.flatMap((key, row) => {
    const cells = [...(counts.get(key) ?? [])].sort(([a], [b]) => byCode(a, b)).map(([, cell]) => cell);
    const all = cells.reduce((sum, cell) => sum + cell.count, 0);
    return cells.map((cell): ChainTransition => {
      const next = cell.to === null ? null : indexOf.get(JSON.stringify([...states[row]!, cell.to].slice(-order)))!;
      return { row, next, ...cell, probability: cell.count / all };
    });
  });
  return { states, transitions };
}
