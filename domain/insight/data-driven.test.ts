import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JourneyStep, markovDetails } from './markov.rules.ts';
import { type JourneySet, shapleyDetails, shapleyValues, tooManySets } from './shapley.rules.ts';

type Journey = [path: string, converted: number, lost: number];

/** A > B > A, three times converted → its steps. */
function stepsOf(journeys: readonly Journey[], order: number): JourneyStep[] {
  return journeys.flatMap(([path, converted, lost]) => {
    const touches = path.split('>');
    return touches.map((touch, index) => ({
      before: touches.slice(Math.max(0, index - order), index),
      touch,
      count: converted + lost,
      converted: index === touches.length - 1 ? converted : 0,
      lost: index === touches.length - 1 ? lost : 0,
    }));
  });
}

const setsOf = (journeys: readonly Journey[]): JourneySet[] =>
  journeys.map(([path, converted, lost]) => ({ members: [...new Set(path.split('>'))], converted, lost }));

const markov = (journeys: readonly Journey[], order = 1) => markovDetails(stepsOf(journeys, order), order);
const effectOf = (details: ReturnType<typeof markov>, value: string) =>
  details.effects.find((effect) => effect.value === value)!;

describe('MARKOV', () => {
  it('gives the removal effects of the article by S. Puzyrov: 0.75 and 0.5, credits 2.4 and 1.6 of 4', () => {
    const details = markov([
      ['google', 2, 1],
      ['mailing', 1, 0],
      ['google>mailing', 1, 0],
    ]);
    expect(details.conversionProbability).toBeCloseTo(0.8, 9);
    expect(effectOf(details, 'google').removalEffect).toBeCloseTo(0.75, 9);
    expect(effectOf(details, 'mailing').removalEffect).toBeCloseTo(0.5, 9);
    expect(effectOf(details, 'google').credit).toBeCloseTo(2.4, 9);
    expect(effectOf(details, 'mailing').credit).toBeCloseTo(1.6, 9);
  });

  it('gives the removal effects of “Attribution model with R”: 0.5, 1, 1 and shares 0.2, 0.4, 0.4', () => {
    const details = markov([
      ['C1>C2>C3', 1, 0],
      ['C1', 0, 1],
      ['C2>C3', 0, 1],
    ]);
    expect(details.conversionProbability).toBeCloseTo(1 / 3, 9);
    for (const [value, effect, share] of [
      ['C1', 0.5, 0.2],
      ['C2', 1, 0.4],
      ['C3', 1, 0.4],
    ] as const) {
      expect(effectOf(details, value).removalEffect).toBeCloseTo(effect, 9);
      expect(effectOf(details, value).share).toBeCloseTo(share, 9);
    }
  });

  it('gives the transitions and credits of the ChannelAttribution vignette', () => {
    const details = markov([
      ['A>B>A>B>B>A', 1, 0],
      ['A>B>B>A>A', 1, 0],
      ['A>A', 1, 0],
    ]);
    const probability = (from: string, to: string | null) =>
      details.transitions.find((cell) => cell.from.join() === from && cell.to === to)?.probability;
    expect(probability('A', 'A')).toBeCloseTo(0.25, 9);
    expect(probability('A', 'B')).toBeCloseTo(0.375, 9);
    expect(probability('A', null)).toBeCloseTo(0.375, 9);
    expect(probability('B', 'A')).toBeCloseTo(0.6, 9);
    expect(probability('B', 'B')).toBeCloseTo(0.4, 9);
    expect(effectOf(details, 'A').credit).toBeCloseTo(2, 9);
    expect(effectOf(details, 'B').credit).toBeCloseTo(1, 9);
  });

  const channels = ['a', 'b', 'c', 'd'];
  const journeysArbitrary = fc.array(
    fc.tuple(
      fc.array(fc.constantFrom(...channels), { minLength: 1, maxLength: 6 }).map((path) => path.join('>')),
      fc.nat(5),
      fc.nat(5),
    ),
    { minLength: 1, maxLength: 12 },
  );

  it('agrees with power iteration on a chain where the removed channel leads to nothing, for orders 1 to 3', () => {
    fc.assert(
      fc.property(journeysArbitrary, fc.integer({ min: 1, max: 3 }), (journeys, order) => {
        const details = markov(journeys, order);
        expect(details.conversionProbability).toBeCloseTo(walk(details.transitions, order, null), 9);
        for (const { value, removalEffect } of details.effects) {
          const without = walk(details.transitions, order, value);
          const expected = details.conversionProbability > 0 ? 1 - without / details.conversionProbability : 0;
          expect(removalEffect).toBeCloseTo(expected, 9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('reproduces the observed conversion rate, and credits that add up to the converting journeys', () => {
    fc.assert(
      fc.property(journeysArbitrary, fc.integer({ min: 1, max: 3 }), (journeys, order) => {
        const details = markov(journeys, order);
        if (details.journeys === 0) return;
        expect(details.conversionProbability).toBeCloseTo(details.converted / details.journeys, 9);
        const credit = details.effects.reduce((sum, effect) => sum + effect.credit, 0);
        expect(credit).toBeCloseTo(details.converted, 9);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses more states than can be computed, and says what to do', () => {
    const journeys = Array.from({ length: 1_001 }, (_, n): Journey => [`campaign-${n}`, 1, 0]);
    expect(() => markov(journeys)).toThrow(
      expect.objectContaining({
        code: 'MARKOV_TOO_MANY_STATES',
        message: 'The journeys have 1002 states of order 1, more than 1000.',
        extras: { hint: 'Choose a lower markov_order, another dimension, or fewer channels.' },
      }),
    );
  });

  it('tells every transition with its count, sorted, in whatever order the steps come', () => {
    const journeys: Journey[] = [
      ['b>a>c', 1, 2],
      ['a', 3, 1],
      ['c>b', 0, 1],
    ];
    const details = markov(journeys);
    expect(details.transitions.map(({ from, to, outcome, count }) => [from.join(), to, outcome, count])).toEqual([
      ['', 'a', null, 4],
      ['', 'b', null, 3],
      ['', 'c', null, 1],
      ['a', null, 'conversion', 3],
      ['a', null, 'lost', 1],
      ['a', 'c', null, 3],
      ['b', null, 'lost', 1],
      ['b', 'a', null, 3],
      ['c', null, 'conversion', 1],
      ['c', null, 'lost', 2],
      ['c', 'b', null, 1],
    ]);
    expect(details.transitions[0]!.probability).toBe(0.5);
    expect(details).toMatchObject({ order: 1, journeys: 8, converted: 4, states: 4 });
    expect(details.effects.map(({ value }) => value)).toEqual(['a', 'b', 'c']);
    expect(markovDetails(stepsOf(journeys, 1).reverse(), 1)).toEqual(details);
    // More touches than the order are no part of a state.
    expect(markovDetails(stepsOf(journeys, 3), 1)).toEqual(details);
  });
});

/** The probability of converting, by moving everybody one step at a time; nobody passes `removed`. */
function walk(transitions: ReturnType<typeof markov>['transitions'], order: number, removed: string | null): number {
  let present = new Map([['[]', 1]]);
  let converted = 0;
  for (let step = 0; step < 3_000 && present.size > 0; step++) {
    const next = new Map<string, number>();
    for (const { from, to, outcome, probability } of transitions) {
      const share = (present.get(JSON.stringify(from)) ?? 0) * probability;
      if (share < 1e-18) continue;
      if (outcome === 'conversion') converted += share;
      if (to === null || to === removed) continue;
      const state = JSON.stringify([...from, to].slice(-order));
      next.set(state, (next.get(state) ?? 0) + share);
    }
    present = next;
  }
  return converted;
}

describe('SHAPLEY', () => {
  const worths = (table: Record<string, number>, players: string) => (coalition: number) =>
    table[[...players].filter((_, index) => coalition & (1 << index)).join('')] ?? 0;

  it('gives the published values of the DP6 example: 7.6667, 8.1667, 3.1667', () => {
    const worth = worths({ O: 7, F: 6, D: 4, OF: 15, OD: 7, FD: 9, OFD: 19 }, 'OFD');
    const [o, f, d] = shapleyValues(3, worth);
    expect(o).toBeCloseTo(23 / 3, 9);
    expect(f).toBeCloseTo(49 / 6, 9);
    expect(d).toBeCloseTo(19 / 6, 9);
  });

  it('gives 1/6, 1/6 and 4/6 in the glove game of the textbooks', () => {
    const worth = worths({ AC: 1, BC: 1, ABC: 1 }, 'ABC');
    expect(shapleyValues(3, worth).map((value) => value.toFixed(9))).toEqual(
      [1 / 6, 1 / 6, 4 / 6].map((value) => value.toFixed(9)),
    );
  });

  it('gives 7 and 3 for a ×4 and a>b ×6 (mta), worth by counts', () => {
    const { values, method } = shapleyDetails(
      setsOf([
        ['a', 4, 0],
        ['a>b', 6, 0],
      ]),
      'counts',
    );
    expect(method).toBe('exact');
    expect(values.map(({ value, shapley }) => [value, shapley])).toEqual([
      ['a', 7],
      ['b', 3],
    ]);
  });

  it('tells values with their shares and every coalition with its own journeys, in whatever order they come', () => {
    const sets = [
      { members: ['b', 'a'], converted: 6, lost: 2 },
      { members: ['a'], converted: 4, lost: 1 },
    ];
    const expected = {
      worth: 'counts',
      method: 'exact',
      journeys: 13,
      converted: 10,
      values: [
        { value: 'a', shapley: 7, share: 0.7, credit: 7 },
        { value: 'b', shapley: 3, share: 0.3, credit: 3 },
      ],
      coalitions: [
        { members: ['a'], journeys: 5, converted: 4, worth: 4 },
        { members: ['b'], journeys: 0, converted: 0, worth: 0 },
        { members: ['a', 'b'], journeys: 8, converted: 6, worth: 10 },
      ],
    };
    expect(shapleyDetails(sets, 'counts')).toEqual(expected);
    expect(shapleyDetails(sets.toReversed(), 'counts')).toEqual(expected);
    const [lost] = shapleyDetails([{ members: ['a'], converted: 0, lost: 3 }], 'counts').values;
    expect(lost).toEqual({ value: 'a', shapley: 0, share: 0, credit: 0 });
  });

  it('lists every coalition of 10 players, and the observed ones of 11', () => {
    const sets = (count: number) => [
      { members: Array.from({ length: count }, (_, n) => `p${n}`), converted: 1, lost: 0 },
      { members: ['p0'], converted: 0, lost: 0 },
    ];
    expect(shapleyDetails(sets(10), 'counts').coalitions).toHaveLength(1_023);
    expect(shapleyDetails(sets(11), 'counts').coalitions.map(({ members }) => members.length)).toEqual([11]);
  });

  it('shows with rates what a journey without conversion costs', () => {
    const details = shapleyDetails(
      setsOf([
        ['a', 1, 1],
        ['b', 0, 2],
        ['a>b', 3, 1],
      ]),
      'rates',
    );
    // v(a) = 1/2, v(b) = 0, v(ab) = 4/8: a earns (1/2 + 1/2) / 2, b (0 + 0) / 2.
    expect(details.values.map(({ shapley }) => shapley)).toEqual([0.5, 0]);
    expect(details.coalitions.map(({ worth }) => worth)).toEqual([0.5, 0, 0.5]);
  });

  it('has the same values by its closed form as by all coalitions, and they add up to the conversions', () => {
    const sets = fc.array(
      fc.record({
        members: fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 }),
        converted: fc.nat(20),
        lost: fc.nat(20),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(sets, (journeys) => {
        const { values, converted } = shapleyDetails(journeys, 'counts');
        expect(values.reduce((sum, { shapley }) => sum + shapley, 0)).toBeCloseTo(converted, 9);
        for (const { value, shapley } of values) {
          const closed = journeys
            .filter(({ members }) => members.includes(value))
            .reduce((sum, set) => sum + set.converted / set.members.length, 0);
          expect(shapley).toBeCloseTo(closed, 9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('takes the closed form beyond 16 players, with what was observed alone', () => {
    const sets = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ members: [`p${n}`, 'all'], converted: 2, lost: 1 })).reverse();
    expect(shapleyDetails(sets(15), 'counts').method).toBe('exact');
    const { values, method, coalitions } = shapleyDetails(sets(16), 'counts');
    expect(method).toBe('closed_form');
    expect(values.find(({ value }) => value === 'all')?.shapley).toBe(16);
    expect(coalitions.slice(0, 2)).toEqual([
      { members: ['all', 'p0'], journeys: 3, converted: 2, worth: 2 },
      { members: ['all', 'p1'], journeys: 3, converted: 2, worth: 2 },
    ]);
  });

  it('refuses rates beyond 16 players, and more sets than fit, and says what to do', () => {
    const sets = Array.from({ length: 17 }, (_, n) => ({ members: [`p${n}`], converted: 2, lost: 1 }));
    expect(() => shapleyDetails(sets, 'rates')).toThrow(
      expect.objectContaining({
        code: 'SHAPLEY_TOO_MANY_PLAYERS',
        message: expect.stringContaining('17 different values'),
        extras: {
          hint: 'Choose another dimension, fewer channels, or shapley_worth counts, which has a closed form.',
        },
      }),
    );
    expect(tooManySets()).toMatchObject({
      code: 'SHAPLEY_TOO_MANY_SETS',
      message: 'The journeys have more than 50000 different sets of values.',
      extras: { hint: 'Choose another dimension, or fewer channels.' },
    });
  });
});
