import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_CODES, type ModelCode, WEIGHT_UNITS } from '../../../domain/insight/attribution.rules.ts';
import { type NaiveConversion, type NaiveTouch, naiveCredits } from '../../../test/attribution/naive.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { ingestConversion, ingestInteraction } from '../../data/index.ts';
import {
  cancelRun,
  computePartition,
  createRun,
  executeRun,
  getRun,
  listResults,
  listUnattributed,
  planRun,
  publishRun,
  purgeGenerations,
} from '../index.ts';
import type { RunConfigInput } from './run-config.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const at = (hoursBefore: number) => new Date(Date.UTC(2026, 5, 1) - Math.round(hoursBefore * 3_600_000));

async function execute(tenant: TestTenant, runId: string): Promise<number> {
  const { generation } = await tenant.run((ctx) => executeRun(ctx, { runId }));
  const step = { runId, generation };
  const partitions = (await tenant.run((ctx) => planRun(ctx, step))) ?? 0;
  for (let ordinal = 0; ordinal < partitions; ordinal++) {
    await tenant.run((ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await tenant.run((ctx) => publishRun(ctx, step));
  return generation;
}

async function runModels(tenant: TestTenant, models: readonly ModelCode[], config: RunConfigInput = {}) {
  const input = { modelCode: models[0]!, name: 'test', config: { ...config, models: [...models] } };
  const run = await tenant.run((ctx) => createRun(ctx, input));
  await execute(tenant, run.id);
  return run.id;
}

interface StoredCredit {
  model_code: ModelCode;
  conversion_id: string;
  interaction_id: string;
  agent_id: string | null;
  weight: string;
  amount_minor: string;
  is_primary_touch: boolean;
}

const stored = (runId: string) => database.owner<StoredCredit[]>`
  select r.model_code, r.conversion_id, r.interaction_id, r.agent_id, r.weight, r.amount_minor, r.is_primary_touch
  from attribution_results r join attribution_runs run on run.id = r.run_id and run.published_generation = r.generation
  where r.run_id = ${runId} order by r.model_code, r.conversion_id, r.interaction_id, r.agent_id`;

const touch = (externalId: string, hoursBefore: number, person: string, extra: object = {}) => ({
  externalInteractionId: externalId,
  channel: 'call',
  startedAt: at(hoursBefore),
  customerIdentifiers: [{ type: 'external_id', value: person }],
  ...extra,
});
const sale = (externalId: string, hoursBefore: number, person: string, amount: string, extra: object = {}) => ({
  externalEventId: externalId,
  eventType: 'purchase',
  customerIdentifiers: [{ type: 'external_id', value: person }],
  amountDecimal: amount,
  currency: 'USD',
  occurredAt: at(hoursBefore),
  eventSource: 'billing',
  ...extra,
});

describe('attribution models', () => {
  it('give the published credits of the Snowplow example: first and last to Direct, linear in thirds', async () => {
    const tenant = await createTenant(database);
    for (const [index, channel] of ['direct', 'organic', 'direct'].entries()) {
      await tenant.run((ctx) => ingestInteraction(ctx, touch(`t${index}`, 30 - index, 'p', { channel })));
    }
    await tenant.run((ctx) => ingestConversion(ctx, sale('c', 1, 'p', '140.00')));
    const runId = await runModels(tenant, ['LINEAR', 'FIRST_TOUCH', 'LAST_TOUCH']);
    const { items } = await tenant.run((ctx) => listResults(ctx, { runId, page: 1, limit: 50 }));
    const of = (model: string) =>
      items
        .filter((row) => row.modelCode === model)
        .sort((a, b) => a.touchedAt.getTime() - b.touchedAt.getTime())
        .map((row) => [row.externalInteractionId, row.weight, row.attributedAmount]);
    expect(of('FIRST_TOUCH')).toEqual([['t0', '1.000000000000', '140.00']]);
    expect(of('LAST_TOUCH')).toEqual([['t2', '1.000000000000', '140.00']]);
    // 46.666… each; the two cents left over go to the primary (last) touch and then to the later one.
    expect(of('LINEAR')).toEqual([
      ['t0', '0.333333333333', '46.66'],
      ['t1', '0.333333333333', '46.67'],
      ['t2', '0.333333333334', '46.67'],
    ]);
  });

  it('halve the weight of a touch with every half-life', async () => {
    const tenant = await createTenant(database);
    for (const [index, age] of [72, 36, 0].entries()) {
      await tenant.run((ctx) => ingestInteraction(ctx, touch(`t${index}`, age, 'p')));
    }
    await tenant.run((ctx) => ingestConversion(ctx, sale('c', 0, 'p', '70.00')));
    const runId = await runModels(tenant, ['TIME_DECAY']);
    const rows = await stored(runId);
    expect(rows.map((row) => Number(row.amount_minor)).sort((a, b) => a - b)).toEqual([1000, 2000, 4000]);
  });
});

type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;

const channel = fc.constantFrom('call', 'email', 'chat');
const person = fc.integer({ min: 0, max: 3 });
const touchArbitrary = fc.record({
  person,
  channel,
  // Whole hours make equal timestamps likely.
  hoursBefore: fc.integer({ min: 0, max: 200 }),
  probability: fc.option(fc.integer({ min: 0, max: 100 }).map((p) => p / 100)),
  intent: fc.constantFrom(null, 'purchase_inquiry', 'support_request', 'other'),
  agents: fc.uniqueArray(
    fc.record({ agent: fc.integer({ min: 0, max: 4 }), share: fc.option(fc.constantFrom(0.25, 0.5, 1)) }),
    { maxLength: 3, selector: (entry) => entry.agent },
  ),
});
const saleArbitrary = fc.record({
  person,
  eventType: fc.constantFrom('purchase', 'signup'),
  hoursBefore: fc.integer({ min: 0, max: 100 }),
  amountMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
});
const configArbitrary = fc.record({
  timeWindowHours: fc.constantFrom(24, 72, 168),
  halfLifeHours: fc.constantFrom(12, 36, 100),
  includeChannels: fc.constantFrom<string[]>([], ['call', 'email']),
  channelWindows: fc.constantFrom<Record<string, number>>({}, { email: 30 }),
  eventTypeWindows: fc.constantFrom<Record<string, number>>({}, { signup: 48 }),
});

describe('attribution of random journeys', () => {
  it('agrees with a naive implementation for every model, sums exactly, and is frozen against late facts and links', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(touchArbitrary, { minLength: 1, maxLength: 25 }),
        fc.array(saleArbitrary, { minLength: 1, maxLength: 8 }),
        configArbitrary,
        fc.boolean(),
        async (touches, sales, config, linked) => {
          const tenant = await createTenant(database);
          const [facts, conversions] = await ingestRandom(tenant, touches, sales, linked);
          const runId = await runModels(tenant, MODEL_CODES, config);
          const rows = await stored(runId);
          for (const model of MODEL_CODES) {
            const expected = naiveCredits(model, config, conversions, facts);
            expect(sorted(rows.filter((row) => row.model_code === model).map(fromStored))).toEqual(sorted(expected));
          }
          assertExactSums(rows, conversions);
          const ids = await resultIds(runId);
          await disturb(tenant);
          await execute(tenant, runId);
          expect(await stored(runId)).toEqual(rows);
          expect(await resultIds(runId)).toEqual(ids);
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});

const resultIds = async (runId: string) =>
  (
    await database.owner<{ id: string }[]>`
      select r.id from attribution_results r join attribution_runs run on run.id = r.run_id
      where run.id = ${runId} and r.generation = run.published_generation order by 1`
  ).map((row) => row.id);

async function ingestRandom(
  tenant: TestTenant,
  touches: readonly Generated<typeof touchArbitrary>[],
  sales: readonly Generated<typeof saleArbitrary>[],
  linked: boolean,
): Promise<[NaiveTouch[], NaiveConversion[]]> {
  const agents = new Map<string, string>();
  const facts: NaiveTouch[] = [];
  for (const [index, entry] of touches.entries()) {
    const externalId = `t${String(index).padStart(3, '0')}`;
    const receipt = await tenant.run((ctx) =>
      ingestInteraction(
        ctx,
        touch(externalId, entry.hoursBefore, `p${entry.person}`, {
          channel: entry.channel,
          ...(entry.probability === null ? {} : { purchaseProbability: entry.probability }),
          ...(entry.intent === null ? {} : { primaryIntent: entry.intent }),
          participants: entry.agents.map(({ agent, share }) => ({
            role: 'agent',
            externalId: `a${agent}`,
            ...(share === null ? {} : { share }),
          })),
        }),
      ),
    );
    for (const row of await database.owner<{ id: string; external_id: string }[]>`
      select id, external_id from agents where organization_id = ${tenant.organizationId}`) {
      agents.set(row.external_id, row.id);
    }
    facts.push({
      id: receipt.id,
      externalId,
      personId: personOf(entry.person, linked),
      channel: entry.channel,
      startedAt: at(entry.hoursBefore),
      purchaseProbability: entry.probability,
      primaryIntent: entry.intent,
      agents: entry.agents.map(({ agent, share }) => ({ agentId: agents.get(`a${agent}`)!, share })),
    });
  }
  const conversions: NaiveConversion[] = [];
  for (const [index, entry] of sales.entries()) {
    const amount = (entry.amountMinor / 100).toFixed(2);
    const receipt = await tenant.run((ctx) =>
      ingestConversion(
        ctx,
        sale(`c${index}`, entry.hoursBefore, `p${entry.person}`, amount, { eventType: entry.eventType }),
      ),
    );
    conversions.push({
      id: receipt.id,
      personId: personOf(entry.person, linked),
      eventType: entry.eventType,
      amountMinor: BigInt(entry.amountMinor),
      occurredAt: at(entry.hoursBefore),
    });
  }
  // One fact that names two people shows that 0 and 1 are the same person; it lies outside of every window.
  if (linked) await tenant.run((ctx) => ingestInteraction(ctx, bridge('bridge', 0, 1)));
  return [facts, conversions];
}

const personOf = (number: number, linked: boolean) => (linked && number === 1 ? 'p0' : `p${number}`);
const bridge = (externalId: string, first: number, second: number) => ({
  ...touch(externalId, 5_000, `p${first}`),
  customerIdentifiers: [
    { type: 'external_id', value: `p${first}` },
    { type: 'external_id', value: `p${second}` },
  ],
});

/** What may happen after a run was frozen: late touches, late revenue, people found to be the same. */
async function disturb(tenant: TestTenant): Promise<void> {
  for (const number of [0, 1, 2, 3]) {
    await tenant.run((ctx) => ingestInteraction(ctx, touch(`late-${number}`, 10, `p${number}`)));
    await tenant.run((ctx) => ingestConversion(ctx, sale(`late-${number}`, 5, `p${number}`, '9.99')));
  }
  await tenant.run((ctx) => ingestInteraction(ctx, bridge('late-bridge', 2, 3)));
  await tenant.run((ctx) => ingestInteraction(ctx, bridge('late-bridge-2', 0, 2)));
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
    for (const conversion of conversions) {
      const own = rows.filter((row) => row.model_code === model && row.conversion_id === conversion.id);
      if (own.length === 0) continue;
      expect(own.reduce((sum, row) => sum + BigInt(row.weight), 0n)).toBe(BigInt(WEIGHT_UNITS));
      expect(own.reduce((sum, row) => sum + BigInt(row.amount_minor), 0n)).toBe(conversion.amountMinor);
    }
  }
}

describe('an attribution run', () => {
  it('completes with no rows when there is nothing to attribute', async () => {
    const tenant = await createTenant(database);
    const runId = await runModels(tenant, ['LINEAR']);
    const run = await tenant.run((ctx) => getRun(ctx, { runId }));
    expect(run).toMatchObject({ status: 'completed', conversionsProcessed: 0, conversionsAttributed: 0 });
  });

  it('lists a conversion outside the window with the nearest touch and how far it misses', async () => {
    const tenant = await createTenant(database);
    await tenant.run((ctx) => ingestInteraction(ctx, touch('far', 100, 'p')));
    await tenant.run((ctx) => ingestConversion(ctx, sale('c', 0, 'p', '10.00')));
    const runId = await runModels(tenant, ['TIME_DECAY']);
    const { items, total } = await tenant.run((ctx) => listUnattributed(ctx, { runId, page: 1, limit: 10 }));
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      externalEventId: 'c',
      nearestTouch: { externalInteractionId: 'far', hoursOutsideWindow: 28 },
    });
    expect(await runModels(tenant, ['TIME_DECAY'], { timeWindowHours: 100 }).then(stored)).toHaveLength(1);
  });

  it('filters conversions by type, minimum amount and local day', async () => {
    const tenant = await createTenant(database);
    await tenant.run((ctx) => ingestInteraction(ctx, touch('t', 40, 'p')));
    await tenant.run((ctx) => ingestConversion(ctx, sale('kept', 10, 'p', '100.00')));
    await tenant.run((ctx) => ingestConversion(ctx, sale('cheap', 10, 'p', '99.99')));
    await tenant.run((ctx) => ingestConversion(ctx, sale('yen', 10, 'p', '100', { currency: 'JPY' })));
    await tenant.run((ctx) => ingestConversion(ctx, sale('other', 10, 'p', '500.00', { eventType: 'refund' })));
    await tenant.run((ctx) => ingestConversion(ctx, sale('next-day', 0, 'p', '500.00')));
    const runId = await runModels(tenant, ['LINEAR'], {
      eventTypes: ['purchase'],
      minPurchaseAmount: '100.00',
      startDate: '2026-05-31',
      endDate: '2026-05-31',
    });
    const { items } = await tenant.run((ctx) => listResults(ctx, { runId, page: 1, limit: 10 }));
    expect(items.map((row) => row.externalEventId).sort()).toEqual(['kept', 'yen']);
  });

  it('keeps its published generation visible while another one is computed, and clears away what is not', async () => {
    const tenant = await createTenant(database);
    await tenant.run((ctx) => ingestInteraction(ctx, touch('t', 40, 'p')));
    await tenant.run((ctx) => ingestConversion(ctx, sale('c', 10, 'p', '100.00')));
    const runId = await runModels(tenant, ['LINEAR']);
    const { generation } = await tenant.run((ctx) => executeRun(ctx, { runId }));
    await tenant.run((ctx) => planRun(ctx, { runId, generation }));
    await tenant.run((ctx) => computePartition(ctx, { runId, generation, ordinal: 0 }));
    expect(await stored(runId)).toHaveLength(1);
    await tenant.run((ctx) => cancelRun(ctx, { runId }));
    expect(await tenant.run((ctx) => publishRun(ctx, { runId, generation }))).toBeNull();
    await tenant.run((ctx) => purgeGenerations(ctx, runId));
    const [{ count }] = await database.owner<[{ count: string }]>`
      select count(*) from attribution_results where run_id = ${runId}`;
    expect(Number(count)).toBe(1);
    const run = await tenant.run((ctx) => getRun(ctx, { runId }));
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'CANCELLED' }, publishedGeneration: 1 });
  });

  it('answers a second execution with the run that is going on, and refuses to cancel a finished one', async () => {
    const tenant = await createTenant(database);
    const run = await tenant.run((ctx) => createRun(ctx, { modelCode: 'LINEAR', name: 'x', config: {} }));
    const first = await tenant.run((ctx) => executeRun(ctx, { runId: run.id }));
    const second = await tenant.run((ctx) => executeRun(ctx, { runId: run.id }));
    expect([first.generation, second.generation]).toEqual([1, 1]);
    const [{ count }] = await database.owner<[{ count: string }]>`
      select count(*) from process_commands where entity_id = ${run.id}`;
    expect(Number(count)).toBe(1);
    await tenant.run((ctx) => cancelRun(ctx, { runId: run.id }));
    await expect(tenant.run((ctx) => cancelRun(ctx, { runId: run.id }))).rejects.toMatchObject({
      code: 'RUN_NOT_CANCELLABLE',
    });
  });
});
