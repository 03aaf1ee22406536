import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JourneySet, shapleyDetails, shapleyValues, tooManySets } from './shapley.rules.ts';

type Journey = [path: string, converted: number, lost: number];

const setsOf = (journeys: readonly Journey[]): JourneySet[] =>
  journeys.map(([path, converted, lost]) => ({ members: [...new Set(path.split('>'))], converted, lost }));

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
