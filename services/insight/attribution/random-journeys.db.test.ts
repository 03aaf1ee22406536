import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_CODES, WEIGHT_UNITS } from '../../../domain/insight/attribution.rules.ts';
import { executeToEnd, runModels, type StoredCredit, storedCredits } from '../../../test/attribution/execute.ts';
import { type NaiveConversion, naiveCredits } from '../../../test/attribution/naive.ts';
import { touchesAmong } from '../../../test/attribution/naive-behavior.ts';
import {
  type NaiveJourney,
  naiveJourneys,
  naiveRemovalEffects,
  naiveShapley,
} from '../../../test/attribution/naive-learning.ts';
import {
  arrangeSettings,
  configArbitrary,
  DIRECT,
  disturb,
  factsArbitrary,
  ingestRandom,
  MILESTONES,
  type RandomConfig,
  type RandomFacts,
} from '../../../test/attribution/random.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { getModelDetails } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

/** Found by chance: the first touch and the middle weigh the same, and the later one is the primary one. */
const EVEN_FIRST_AND_MIDDLE: [RandomFacts, RandomConfig] = [
  {
    touches: [1, 2, 3].map(() => ({
      person: 0,
      channel: 'call',
      hoursBefore: 0,
      probability: null,
      intent: null,
      agents: [],
      fate: 'kept' as const,
    })),
    sales: [{ person: 0, eventType: 'purchase', hoursBefore: 0, amountMinor: 0, fate: 'kept', refunds: [] }],
    events: [],
    linked: false,
    merged: false,
  },
  {
    timeWindowHours: 24,
    halfLifeHours: 12,
    includeChannels: [],
    channelWindows: {},
    eventTypeWindows: {},
    markovOrder: 1,
    touchEventTypes: [],
    positionWeights: { first: 1, middle: 1, last: 0 },
    customWeights: { first: 0, middle: 0.2, last: 0 },
  },
];

describe('attribution of random journeys', () => {
  it('agrees with a naive implementation for every model, sums exactly, and is frozen against late facts and links', async () => {
    await fc.assert(
      fc.asyncProperty(factsArbitrary, configArbitrary, async (facts, config) => {
        const tenant = await createTenant(database);
        await arrangeSettings(database, tenant);
        const { conversions, events, ...known } = await ingestRandom(database, tenant, facts);
        const touches = [...known.touches, ...touchesAmong(config, known.behavior)];
        const runId = await runModels(tenant, MODEL_CODES, config);
        const rows = await storedCredits(database, runId);
        const journeys = naiveJourneys(config, conversions, touches);
        const removalEffects = await learnedEffects(tenant, runId, journeys, config.markovOrder);
        const settings = { directChannels: DIRECT, milestones: MILESTONES, events, removalEffects };
        for (const model of MODEL_CODES) {
          const expected = naiveCredits(model, config, conversions, touches, settings);
          const got = rows.filter((row) => row.model_code === model).map(fromStored);
          expect(sorted(got), model).toEqual(sorted(expected));
        }
        assertExactSums(rows, conversions);
        await disturb(tenant);
        await executeToEnd(tenant, runId);
        expect(await storedCredits(database, runId)).toEqual(rows);
      }),
      { numRuns: 25, examples: [EVEN_FIRST_AND_MIDDLE] },
    );
  }, 180_000);
});

/** What the run learned agrees with the naive way; answers it in whole units, as rows are divided by it. */
async function learnedEffects(tenant: TestTenant, runId: string, journeys: NaiveJourney[], order: number) {
  const { markov, shapley } = await tenant.run((ctx) => getModelDetails(ctx, { runId }));
  const converting = journeys.filter(({ converted }) => converted).length;
  expect([markov?.converted, markov?.journeys]).toEqual([converting, journeys.length]);
  const effects = naiveRemovalEffects(journeys, order);
  expect(markov?.effects.map(({ value }) => value)).toEqual(Object.keys(effects).sort());
  for (const { value, removalEffect } of markov?.effects ?? []) expect(removalEffect).toBeCloseTo(effects[value]!, 9);
  const values = naiveShapley(journeys);
  for (const { value, shapley: own } of shapley?.values ?? []) expect(own).toBeCloseTo(values[value]!, 9);
  return Object.fromEntries(
    (markov?.effects ?? []).map(({ value, removalEffect }) => [value, Math.round(removalEffect * WEIGHT_UNITS)]),
  );
}

const fromStored = (row: StoredCredit) => ({
  conversionId: row.conversion_id,
  interactionId: row.interaction_id,
  agentId: row.agent_id,
  weight: BigInt(row.weight),
  amountMinor: BigInt(row.amount_minor),
  isPrimaryTouch: row.is_primary_touch,
});
type Credit = ReturnType<typeof fromStored>;

// A zero weight after rounding carries nothing and may be left out on either side.
const sorted = (credits: Credit[]) =>
  credits
    .filter((credit) => credit.weight > 0n)
    .map((credit) => ({ ...credit, weight: String(credit.weight), amountMinor: String(credit.amountMinor) }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function assertExactSums(rows: readonly StoredCredit[], conversions: readonly NaiveConversion[]): void {
  for (const model of MODEL_CODES) {
    for (const conversion of conversions.flatMap((original) => [original, ...original.refunds])) {
      const own = rows.filter((row) => row.model_code === model && row.conversion_id === conversion.id);
      if (own.length === 0) continue;
      expect(own.reduce((sum, row) => sum + BigInt(row.weight), 0n)).toBe(BigInt(WEIGHT_UNITS));
      expect(own.reduce((sum, row) => sum + BigInt(row.amount_minor), 0n)).toBe(conversion.amountMinor);
    }
  }
}
