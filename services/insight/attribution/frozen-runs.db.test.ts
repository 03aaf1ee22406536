import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_CODES, WEIGHT_UNITS } from '../../../domain/insight/attribution.rules.ts';
import { executeToEnd, runModels, storedCredits } from '../../../test/attribution/execute.ts';
import { arrangeSettings, saleInput, touchInput } from '../../../test/attribution/random.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import {
  correctConversion,
  correctInteraction,
  ingestConversion,
  ingestInteraction,
  mergeCustomers,
  voidConversion,
  voidInteraction,
} from '../../data/index.ts';
import { getModelDetails, getRun } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const CUSTOM = { customWeights: { first: 1, middle: 1, last: 2 } };
const CHANNELS = ['call', 'email', 'chat', 'direct'];

/** Facts of ten people each 1,000 times over: written at once, as late rows of a run that has been frozen. */
async function writeLate(tenant: TestTenant): Promise<void> {
  const { organizationId } = tenant;
  await database.owner`
    insert into interactions (organization_id, external_id, customer_id, channel, started_at)
    select ${organizationId}, 'late-' || n, c.id, (array['call', 'email', 'fax'])[1 + n % 3],
           timestamptz '2026-05-31' - n * interval '3 minutes'
    from generate_series(1, 1000) n
    cross join lateral (select id from customers where organization_id = ${organizationId}
                        order by id offset n % 10 limit 1) c`;
  await database.owner`
    insert into conversions (organization_id, external_id, customer_id, event_type, event_source, amount_minor, currency, occurred_at)
    select ${organizationId}, 'late-' || n, c.id, 'purchase', 'billing', n, 'USD', timestamptz '2026-05-31' + n * interval '1 second'
    from generate_series(1, 1000) n
    cross join lateral (select id from customers where organization_id = ${organizationId}
                        order by id offset n % 10 limit 1) c`;
  await database.owner`
    insert into events (organization_id, type, customer_id, occurred_at)
    select ${organizationId}, 'form_submitted', id, timestamptz '2026-05-30' from customers
    where organization_id = ${organizationId}`;
}

describe('a run of all models', () => {
  it('gives the same rows and details after 1,000 late facts of each kind, merges, corrections, voids and refunds', async () => {
    const tenant = await createTenant(database);
    await arrangeSettings(database, tenant);
    const touches: string[] = [];
    const sales: string[] = [];
    for (let n = 0; n < 40; n++) {
      const extra = { channel: CHANNELS[n % 4], purchaseProbability: (n % 7) / 10 };
      const input = touchInput(`t${n}`, 10 + n, `p${n % 10}`, extra);
      touches.push((await tenant.run((ctx) => ingestInteraction(ctx, input))).id);
    }
    for (let n = 0; n < 8; n++) {
      const input = saleInput(`c${n}`, 1, `p${n}`, '100.01');
      sales.push((await tenant.run((ctx) => ingestConversion(ctx, input))).id);
    }
    const refund = (name: string, refundOf: string) =>
      tenant.run((ctx) => ingestConversion(ctx, saleInput(name, 0, 'p0', '-33.33', { refundOf })));
    await refund('r0', 'c0');
    const runId = await runModels(tenant, MODEL_CODES, CUSTOM);
    const rows = await storedCredits(database, runId);
    const details = await tenant.run((ctx) => getModelDetails(ctx, { runId }));
    expect(rows.length).toBeGreaterThan(300);
    expect(details.warnings).toEqual(['LOW_SAMPLE']);
    expect((await tenant.run((ctx) => getRun(ctx, { runId }))).modelDetails.refunds).toBe(1);

    await writeLate(tenant);
    await refund('r1', 'c0');
    await refund('r2', 'c1');
    for (const id of touches.slice(0, 5)) await tenant.run((ctx) => voidInteraction(ctx, { id, reason: 'a test' }));
    for (const id of touches.slice(5, 20)) {
      await tenant.run((ctx) => correctInteraction(ctx, { id, changes: { channel: 'fax', purchaseProbability: 1 } }));
    }
    await tenant.run((ctx) => correctConversion(ctx, { id: sales[2]!, changes: { amountDecimal: '5.00' } }));
    await tenant.run((ctx) => voidConversion(ctx, { id: sales[3]!, reason: 'unpaid' }));
    const people = await database.owner<{ id: string }[]>`
      select id from customers where organization_id = ${tenant.organizationId} order by id`;
    for (const [from, to] of [
      [0, 1],
      [2, 3],
      [4, 9],
    ] as const) {
      const pair = { sourceId: people[from]!.id, targetId: people[to]!.id };
      await tenant.run((ctx) => mergeCustomers(ctx, pair));
    }
    await executeToEnd(tenant, runId);
    expect(await storedCredits(database, runId)).toEqual(rows);
    expect(await tenant.run((ctx) => getModelDetails(ctx, { runId }))).toEqual(details);
    const later = await runModels(tenant, ['FIRST_TOUCH']);
    expect((await storedCredits(database, later)).length).toBeGreaterThan(1_000);
  }, 120_000);

  it('does not depend on the order in which touches of one moment came in', async () => {
    const journey = [3, 3, 3, 2, 2, 1];
    const credits = async (order: readonly number[]) => {
      const tenant = await createTenant(database);
      for (const n of order) {
        const extra = { channel: CHANNELS[n % 3], purchaseProbability: 0.5 };
        await tenant.run((ctx) => ingestInteraction(ctx, touchInput(`t${n}`, journey[n]!, 'p', extra)));
      }
      await tenant.run((ctx) => ingestConversion(ctx, saleInput('c', 0, 'p', '100.00')));
      const runId = await runModels(tenant, MODEL_CODES, CUSTOM);
      return database.owner`
        select r.model_code, i.external_id, r.weight, r.amount_minor, r.is_primary_touch from attribution_results r
        join interactions i on i.id = r.interaction_id where r.run_id = ${runId} order by 1, 2`;
    };
    const reference = [...(await credits([0, 1, 2, 3, 4, 5]))];
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect([...(await credits(order))]).toEqual(reference);
      }),
      { numRuns: 5 },
    );
  }, 60_000);
});

describe('a refund', () => {
  it.each([
    ['JPY', '1001', '-501'],
    ['USD', '100.01', '-33.34'],
    ['KWD', '100.001', '-100.001'],
  ])(
    'in %s takes its own amount back exactly, by the weights and at its own time, outside of the run’s period too',
    async (currency, paid, back) => {
      const tenant = await createTenant(database);
      for (let n = 0; n < 3; n++) await tenant.run((ctx) => ingestInteraction(ctx, touchInput(`t${n}`, 72 - n, 'p')));
      await tenant.run((ctx) => ingestConversion(ctx, saleInput('c', 48, 'p', paid, { currency })));
      const { id } = await tenant.run((ctx) =>
        ingestConversion(ctx, saleInput('r', 0, 'p', back, { currency, refundOf: 'c' })),
      );
      const runId = await runModels(tenant, MODEL_CODES, {
        ...CUSTOM,
        endDate: '2026-05-30',
        minPurchaseAmount: '1',
        eventTypes: ['purchase'],
      });
      const rows = await database.owner<
        { model: string; weights: string; minor: string; original: string; at: Date }[]
      >`
      select model_code as model, sum(weight) filter (where conversion_id = ${id}) as weights,
             sum(amount_minor) filter (where conversion_id = ${id}) as minor,
             sum(amount_minor) filter (where conversion_id <> ${id}) as original,
             max(converted_at) filter (where conversion_id = ${id}) as at
      from attribution_results where run_id = ${runId} group by model_code`;
      expect(rows).toHaveLength(MODEL_CODES.length);
      const minor = (text: string) => text.replace('.', '');
      for (const row of rows) {
        expect([row.weights, row.minor, row.original]).toEqual([String(WEIGHT_UNITS), minor(back), minor(paid)]);
        expect(row.at).toEqual(saleInput('', 0, '', '').occurredAt);
      }
      const pairs = await database.owner<{ same: boolean }[]>`
      select own.weight = original.weight as same from attribution_results own
      join attribution_results original on original.run_id = own.run_id and original.model_code = own.model_code
        and original.interaction_id = own.interaction_id and original.conversion_id <> own.conversion_id
      where own.run_id = ${runId} and own.conversion_id = ${id}`;
      expect(pairs.every(({ same }) => same)).toBe(true);
    },
  );
});
