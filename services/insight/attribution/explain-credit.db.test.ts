import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_CODES } from '../../../domain/insight/attribution.rules.ts';
import { runModels, storedCredits } from '../../../test/attribution/execute.ts';
import {
  arrangeSettings,
  configArbitrary,
  disturb,
  factsArbitrary,
  ingestRandom,
} from '../../../test/attribution/random.ts';
import { recompute } from '../../../test/attribution/recompute.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { explainCredit } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('the explanation of a credit', () => {
  it('is enough to recompute weight and amount, for every model, and after late facts', async () => {
    await fc.assert(
      fc.asyncProperty(factsArbitrary, configArbitrary, async (facts, config) => {
        const tenant = await createTenant(database);
        await arrangeSettings(database, tenant);
        await ingestRandom(database, tenant, facts);
        const runId = await runModels(tenant, MODEL_CODES, config);
        const rows = await storedCredits(database, runId);
        await disturb(tenant);
        for (const model of MODEL_CODES) {
          const ofModel = rows.filter((row) => row.model_code === model);
          for (const row of [ofModel[0], ofModel.at(-1)]) {
            if (!row) continue;
            const explanation = await tenant.run((ctx) => explainCredit(ctx, { runId, resultId: row.id }));
            expect(explanation.result.id).toBe(row.id);
            const [weight, amount] = recompute(explanation);
            expect([String(weight), String(amount)], model).toEqual([row.weight, row.amount_minor]);
          }
        }
      }),
      { numRuns: 8 },
    );
  }, 180_000);

  it('does not exist for a result of another run, or of none', async () => {
    const tenant = await createTenant(database);
    const runId = await runModels(tenant, ['LINEAR']);
    const resultId = '0195d000-0000-7000-8000-0000000000aa';
    await expect(tenant.run((ctx) => explainCredit(ctx, { runId, resultId }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(tenant.run((ctx) => explainCredit(ctx, { runId: resultId, resultId }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
