import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_CODES } from '../../../domain/insight/attribution.rules.ts';
import { publishedCredits } from '../../../test/attribution/arrange.ts';
import { runModels } from '../../../test/attribution/execute.ts';
import { saleInput, touchInput } from '../../../test/attribution/random.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { ingestConversion, ingestInteraction } from '../../data/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const touch = fc.record({
  // Three moments for up to eight touches: most of them share theirs.
  hoursBefore: fc.constantFrom(20, 30, 40),
  channel: fc.constantFrom('call', 'email', 'direct'),
  purchaseProbability: fc.constantFrom(0.1, 0.5, 0.9),
});

const arrivals = fc.array(touch, { minLength: 2, maxLength: 8 }).chain((touches) => {
  const inputs = touches.map(({ hoursBefore, ...extra }, index) => touchInput(`t${index}`, hoursBefore, 'p', extra));
  return fc.record({
    inputs: fc.constant(inputs),
    shuffled: fc.shuffledSubarray(inputs, { minLength: inputs.length }),
    amount: fc.integer({ min: 0, max: 100_000_000 }),
  });
});

describe('touches of the same moment', () => {
  it('get the same credit by every model in whatever order they arrive', async () => {
    const creditsOf = async (inputs: readonly ReturnType<typeof touchInput>[], amount: string) => {
      const tenant = await createTenant(database);
      for (const input of inputs) await tenant.run((ctx) => ingestInteraction(ctx, input));
      await tenant.run((ctx) => ingestConversion(ctx, saleInput('c', 10, 'p', amount)));
      const customWeights = { first: 0.5, middle: 0.2, last: 0.3 };
      return publishedCredits(database, await runModels(tenant, MODEL_CODES, { customWeights }));
    };
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ inputs, shuffled, amount }) => {
        const decimal = (amount / 100).toFixed(2);
        const expected = await creditsOf(inputs, decimal);
        expect(expected.length).toBeGreaterThanOrEqual(MODEL_CODES.length);
        expect(await creditsOf(shuffled, decimal)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
