import { type AppError, conflict } from '../core/errors.ts';
import { byCode } from '../core/sort.rules.ts';
import type { ShapleyWorth } from './attribution.rules.ts';

/** Journeys by the distinct channels (or campaigns …) that they touched. */
export interface JourneySet {
  members: readonly string[];
  converted: number;
  lost: number;
}

export interface ShapleyCoalition {
  members: string[];
  /** Journeys that touched exactly these. */
  journeys: number;
  converted: number;
  worth: number;
}

export interface ShapleyDetails {
  /** `counts`: conversions of journeys within a coalition; `rates`: those divided by all journeys within it. */
  worth: ShapleyWorth;
  /** `exact`: every coalition was weighed. `closed_form`: what that comes to for counts, with any number of players. */
  method: 'exact' | 'closed_form';
  journeys: number;
  converted: number;
  values: { value: string; shapley: number; share: number; credit: number }[];
  /** Every coalition of up to 10 players; the observed ones beyond, from which all others follow. */
  coalitions: ShapleyCoalition[];
}

export const MAX_SHAPLEY_PLAYERS = 16;
const MAX_LISTED_PLAYERS = 10;
/** Different sets of values that are read into memory at most. */
export const MAX_SHAPLEY_SETS = 50_000;

export const tooManySets = (): AppError =>
  conflict('SHAPLEY_TOO_MANY_SETS', `The journeys have more than ${MAX_SHAPLEY_SETS} different sets of values.`, {
    hint: 'Choose another dimension, or fewer channels.',
  });

/**
 * Shapley values: φᵢ = Σ over coalitions S without i of |S|! (n − |S| − 1)! / n! × (v(S + i) − v(S)).
 * @param worth of every coalition, by the bits of its players.
 */
export function shapleyValues(players: number, worth: (coalition: number) => number): number[] {
  const weights = coalitionWeights(players);
  const values = new Array<number>(players).fill(0);
  for (let coalition = 0; coalition < 2 ** players; coalition++) {
    const before = worth(coalition);
    const weight = weights[bitCount(coalition)]!;
    for (let player = 0; player < players; player++) {
      if (coalition & (1 << player)) continue;
      values[player]! += weight * (worth(coalition | (1 << player)) - before);
    }
  }
  return values;
}

/**
 * Shapley values of journeys. With `counts` the game is a sum of one game per journey that only its own channels can
 * win together, and each of these is won in equal parts: φᵢ = Σ over journeys with i of conversions / channels. That
 * closed form is exact and is used beyond 16 players; `rates` has none.
 * @throws AppError conflict `SHAPLEY_TOO_MANY_PLAYERS`.
 */
export function shapleyDetails(sets: readonly JourneySet[], worth: ShapleyWorth): ShapleyDetails {
  const players = [...new Set(sets.flatMap(({ members }) => members))].sort(byCode);
  const n = players.length;
  const isSmall = n <= MAX_SHAPLEY_PLAYERS;
  if (!isSmall && worth === 'rates') {
    throw conflict(
      'SHAPLEY_TOO_MANY_PLAYERS',
      `The journeys have ${n} different values, more than the ${MAX_SHAPLEY_PLAYERS} whose coalitions can all be weighed.`,
      { hint: 'Choose another dimension, fewer channels, or shapley_worth counts, which has a closed form.' },
    );
  }
  const converted = sets.reduce((sum, set) => sum + set.converted, 0);
  const values = isSmall ? exactValues(sets, players, worth) : closedForm(sets, players);
  const total = values.shapley.reduce((sum, value) => sum + value, 0);
  return {
    worth,
    method: isSmall ? 'exact' : 'closed_form',
    journeys: converted + sets.reduce((sum, set) => sum + set.lost, 0),
    converted,
    values: players.map((value, index) => {
      const share = total > 0 ? values.shapley[index]! / total : 0;
      return { value, shapley: values.shapley[index]!, share, credit: share * converted };
    }),
    coalitions: values.coalitions,
  };
}

function exactValues(sets: readonly JourneySet[], players: readonly string[], worth: ShapleyWorth) {
  const n = players.length;
  const bitOf = new Map(players.map((player, index) => [player, 1 << index]));
  const ownConverted = new Float64Array(2 ** n);
  const ownJourneys = new Float64Array(2 ** n);
  for (const { members, converted, lost } of sets) {
    const coalition = members.reduce((bits, member) => bits | bitOf.get(member)!, 0);
    ownConverted[coalition]! += converted;
    ownJourneys[coalition]! += converted + lost;
  }
  const converted = sumOverSubsets(ownConverted, n);
  const journeys = sumOverSubsets(ownJourneys, n);
  const worthOf = (coalition: number): number => {
    if (worth === 'counts') return converted[coalition]!;
    return journeys[coalition]! > 0 ? converted[coalition]! / journeys[coalition]! : 0;
  };
  const listed = (coalition: number): boolean => n <= MAX_LISTED_PLAYERS || ownJourneys[coalition]! > 0;
  const coalitions: ShapleyCoalition[] = [];
  for (let coalition = 1; coalition < 2 ** n; coalition++) {
    if (!listed(coalition)) continue;
    coalitions.push({
      members: players.filter((_, index) => coalition & (1 << index)),
      journeys: ownJourneys[coalition]!,
      converted: ownConverted[coalition]!,
      worth: worthOf(coalition),
    });
  }
  return { shapley: shapleyValues(n, worthOf), coalitions };
}

function closedForm(sets: readonly JourneySet[], players: readonly string[]) {
  const shapley = new Map(players.map((player) => [player, 0]));
  const sorted = sets
    .map((set) => ({ ...set, members: [...set.members].sort(byCode) }))
    .sort((a, b) => byCode(JSON.stringify(a.members), JSON.stringify(b.members)));
  for (const { members, converted } of sorted) {
    for (const member of members) shapley.set(member, shapley.get(member)! + converted / members.length);
  }
  // The worth of a coalition is then a sum over those listed that lie within it: only their own part is given.
  const coalitions = sorted.map(({ members, converted, lost }) => ({
    members,
    journeys: converted + lost,
    converted,
    worth: converted,
  }));
  return { shapley: players.map((player) => shapley.get(player)!), coalitions };
}

/** v(S) = Σ over T ⊆ S of own(T), one player at a time. */
function sumOverSubsets(own: Float64Array, players: number): Float64Array {
  const sums = own.slice();
  for (let player = 0; player < players; player++) {
    for (let coalition = 0; coalition < sums.length; coalition++) {
      if (coalition & (1 << player)) sums[coalition]! += sums[coalition ^ (1 << player)]!;
    }
  }
  return sums;
}

/** |S|! (n − |S| − 1)! / n! by the size of S. */
function coalitionWeights(players: number): number[] {
  const weights: number[] = [];
  // The first is 1/n; each next one by its ratio to the one before, s / (n − s).
  for (let size = 0; size < players; size++) {
    weights.push(size === 0 ? 1 / players : (weights[size - 1]! * size) / (players - size));
  }
  return weights;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count += 1;
  return count;
}
