import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runModels, storedCredits } from '../../../test/attribution/execute.ts';
import { saleInput, touchInput } from '../../../test/attribution/random.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
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

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const touch = touchInput;
const sale = saleInput;
const stored = (runId: string) => storedCredits(database, runId);

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
