import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currencyExponent } from '../../../domain/data/money.rules.ts';
import { DIMENSIONS, measuresOf } from '../../../domain/insight/metrics.rules.ts';
import { arrangeFacts, publish, summarize } from '../../../test/analytics/arrange.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { addsUpOver, allMetrics } from './registry.ts';
import { makeReport } from './report.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const FROM = new Date('2026-03-01T00:00:00Z');
const DAYS = 30;
const dayOf = (offset: number) => new Date(FROM.getTime() + offset * 86_400_000).toISOString().slice(0, 10);

const question = fc.record({
  dimension: fc.constantFrom(...DIMENSIONS),
  start: fc.integer({ min: 0, max: DAYS - 1 }),
  length: fc.integer({ min: 0, max: DAYS }),
  timezone: fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/New_York'),
  channel: fc.constantFrom<string[] | undefined>(undefined, ['call', 'email']),
});

describe('a metric that the registry calls additive', () => {
  it('has parts that add up to the ungrouped figure, over every dimension it names, any period and filter', async () => {
    let compared = 0;
    for (const [seed, currency, modelCosts] of [
      [11, 'USD', false],
      [12, 'JPY', false],
      [13, 'BHD', false],
      [14, 'USD', true],
    ] as const) {
      const tenant = await createTenant(database);
      const facts = { seed, people: 30, currencies: [currency], from: FROM, days: DAYS, modelCosts };
      await arrangeFacts(database, tenant, facts);
      const step = await publish(tenant);
      if (seed !== 11) await summarize(tenant, step);
      const smallest = 10 ** -currencyExponent(currency);
      await fc.assert(
        fc.asyncProperty(question, async ({ dimension, start, length, ...input }) => {
          const period = { startDate: dayOf(start), endDate: dayOf(Math.min(DAYS, start + length)), limit: 200 };
          const metrics = allMetrics().filter((metric) => addsUpOver(metric).includes(dimension));
          const shape = { metrics: metrics.map(({ code }) => code), granularity: null, lenient: true };
          const ask = (dimensions: (typeof dimension)[]) =>
            tenant.run((ctx) =>
              makeReport(ctx, { runId: step.runId, currency, ...period, ...input }, { ...shape, dimensions }),
            );
          const [cut, whole] = [await ask([dimension]), await ask([])];
          const parts = [...cut.rows, ...(cut.unassigned ? [cut.unassigned] : [])];
          for (const metric of metrics) {
            const { code, unit } = metric;
            const total = whole.totals.figures[code] ?? null;
            expect([code, cut.totals.figures[code] ?? null]).toEqual([code, total]);
            if (total === null) continue;
            const sum = parts.reduce((all, row) => all + (row.figures[code] ?? 0), 0);
            // Money is exact; what is shown rounded may be off by half of its last place in each part: ratios and weights
            // (six places), and money that holds fractions of a cent.
            const isExact = unit === 'money' && !(modelCosts && measuresOf(metric).includes('model_cost_minor'));
            const place = unit === 'money' ? smallest : 1e-6;
            const tolerance = isExact ? smallest / 1000 : (place / 2) * (parts.length + 1) + 1e-9;
            expect([code, dimension, sum, Math.abs(sum - total) <= tolerance, total]).toEqual([
              code,
              dimension,
              sum,
              true,
              total,
            ]);
            compared += 1;
          }
        }),
        { numRuns: 25 },
      );
    }
    expect(compared).toBeGreaterThan(100);
  }, 120_000);
});
