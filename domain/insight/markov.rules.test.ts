import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JourneyStep, markovDetails } from './markov.rules.ts';

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
