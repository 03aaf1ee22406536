import { inOrder, inWindowOf, type NaiveConfig, type NaiveConversion, type NaiveTouch } from './naive.ts';

export interface NaiveJourney {
  path: string[];
  converted: boolean;
}

/** Channels of each journey in order, and whether it ended in a conversion. */
export function naiveJourneys(
  config: NaiveConfig,
  conversions: NaiveConversion[],
  touches: NaiveTouch[],
): NaiveJourney[] {
  const counted = touches
    .filter((touch) => config.includeChannels.length === 0 || config.includeChannels.includes(touch.channel))
    .sort(inOrder);
  const converting = conversions.map((conversion) => ({
    path: inWindowOf(config, conversion, touches).map((touch) => touch.channel),
    converted: true,
  }));
  const buyers = new Set(conversions.map((conversion) => conversion.personId));
  const others = [...new Set(counted.map((touch) => touch.personId))].filter((person) => !buyers.has(person));
  const lost = others.map((person) => ({
    path: counted.filter((touch) => touch.personId === person).map((touch) => touch.channel),
    converted: false,
  }));
  return [...converting, ...lost].filter(({ path }) => path.length > 0);
}

/** Removal effects by walking everybody through the chain, one step at a time; no equations are solved. */
export function naiveRemovalEffects(journeys: readonly NaiveJourney[], order: number): Record<string, number> {
  const next = new Map<string, Map<string, number>>();
  const add = (state: readonly string[], to: string) => {
    const row = next.get(state.join('>')) ?? new Map<string, number>();
    next.set(state.join('>'), row.set(to, (row.get(to) ?? 0) + 1));
  };
  for (const { path, converted } of journeys) {
    for (const [index, touch] of path.entries()) add(path.slice(Math.max(0, index - order), index), `+${touch}`);
    add(path.slice(-order), converted ? 'conversion' : 'lost');
  }
  const probability = (removed: string | null): number => {
    let present = new Map([['', 1]]);
    let converted = 0;
    for (let step = 0; step < 5_000 && present.size > 0; step++) {
      const moved = new Map<string, number>();
      for (const [state, share] of present) {
        const row = next.get(state) ?? new Map<string, number>();
        const all = [...row.values()].reduce((sum, count) => sum + count, 0);
        for (const [to, count] of row) {
          const part = (share * count) / all;
          if (to === 'conversion') converted += part;
          if (!to.startsWith('+') || to === `+${removed}` || part < 1e-16) continue;
          const reached = [...(state === '' ? [] : state.split('>')), to.slice(1)].slice(-order).join('>');
          moved.set(reached, (moved.get(reached) ?? 0) + part);
        }
      }
      present = moved;
    }
    return converted;
  };
  const total = probability(null);
  const values = [...new Set(journeys.flatMap(({ path }) => path))];
  return Object.fromEntries(values.map((value) => [value, total > 0 ? 1 - probability(value) / total : 0]));
}

/** Shapley values by averaging over all orders in which the players may arrive. Worth: conversions within the coalition. */
export function naiveShapley(journeys: readonly NaiveJourney[]): Record<string, number> {
  const values = [...new Set(journeys.flatMap(({ path }) => path))];
  const worth = (coalition: readonly string[]) =>
    journeys.filter(({ path, converted }) => converted && path.every((touch) => coalition.includes(touch))).length;
  const orders = permutations(values);
  return Object.fromEntries(
    values.map((value) => {
      const gains = orders.map((order) => {
        const before = order.slice(0, order.indexOf(value));
        return worth([...before, value]) - worth(before);
      });
      return [value, gains.reduce((sum, gain) => sum + gain, 0) / orders.length];
    }),
  );
}

const permutations = (values: readonly string[]): string[][] =>
  values.length === 0
    ? [[]]
    : values.flatMap((value) =>
        permutations(values.filter((other) => other !== value)).map((rest) => [value, ...rest]),
      );
