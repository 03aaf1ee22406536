import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfigInput } from '../../../domain/insight/run-config.rules.ts';
import { runModels } from '../../../test/attribution/execute.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { ingestConversion, ingestInteraction } from '../../data/index.ts';
import {
  computePartition,
  createRun,
  executeRun,
  listResults,
  listRuns,
  listUnattributed,
  planRun,
  publishRun,
} from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const at = (hoursBefore: number) => new Date(Date.UTC(2026, 5, 1) - hoursBefore * 3_600_000);
const customerIdentifiers = [{ type: 'external_id', value: 'p' }];

const touch = (tenant: TestTenant, externalInteractionId: string, hoursBefore: number, extra: object = {}) =>
  tenant.run((ctx) =>
    ingestInteraction(ctx, {
      externalInteractionId,
      channel: 'call',
      startedAt: at(hoursBefore),
      customerIdentifiers,
      ...extra,
    }),
  );
const sale = (tenant: TestTenant) =>
  tenant.run((ctx) =>
    ingestConversion(ctx, {
      externalEventId: 'c',
      eventType: 'purchase',
      customerIdentifiers,
      amountDecimal: '10.00',
      currency: 'USD',
      occurredAt: at(0),
      eventSource: 'billing',
    }),
  );

async function published(tenant: TestTenant, config: RunConfigInput = {}): Promise<string> {
  const { id: runId } = await tenant.run((ctx) => createRun(ctx, { modelCode: 'TIME_DECAY', name: 'x', config }));
  const { generation } = await tenant.run((ctx) => executeRun(ctx, { runId }));
  const step = { runId, generation };
  if (await tenant.run((ctx) => planRun(ctx, step))) {
    await tenant.run((ctx) => computePartition(ctx, { ...step, ordinal: 0 }));
  }
  await tenant.run((ctx) => publishRun(ctx, step));
  return runId;
}

describe('a time decay run', () => {
  it('gives everything to the newest touch when the others are thousands of half-lives older', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 'old', 71);
    await touch(tenant, 'new', 1);
    await sale(tenant);
    const runId = await published(tenant, { halfLifeHours: 0.01 });
    const { items } = await tenant.run((ctx) => listResults(ctx, { runId, page: 1, limit: 10 }));
    expect(items.map((row) => [row.externalInteractionId, row.attributedAmount])).toEqual([['new', '10.00']]);
  });
});

describe('the configuration of a run', () => {
  it('is refused when no amount could ever reach its minimum', async () => {
    const tenant = await createTenant(database);
    const create = (minPurchaseAmount: string) =>
      tenant.run((ctx) => createRun(ctx, { modelCode: 'LINEAR', name: 'x', config: { minPurchaseAmount } }));
    await expect(create('999999999999999999')).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await sale(tenant);
    // The largest one that is taken is also one that every currency's smallest unit can express.
    expect(await published(tenant, { minPurchaseAmount: '1000000000000' })).toBeTruthy();
  });
});

describe('the conversions without credit', () => {
  it('are explained by what the run saw, not by touches and links that came later', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 'far', 100);
    await sale(tenant);
    const runId = await published(tenant);
    await touch(tenant, 'late', 10);
    await tenant.run((ctx) =>
      ingestInteraction(ctx, {
        externalInteractionId: 'late-link',
        channel: 'call',
        startedAt: at(5),
        customerIdentifiers: [...customerIdentifiers, { type: 'email', value: 'p@x.example' }],
      }),
    );
    const { items } = await tenant.run((ctx) => listUnattributed(ctx, { runId, page: 1, limit: 10 }));
    expect(items.map((row) => row.nearestTouch)).toMatchObject([
      { externalInteractionId: 'far', hoursOutsideWindow: 28 },
    ]);
  });
});

describe('a page beyond the last one', () => {
  it('is empty and still tells how many rows there are', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 't', 100);
    await sale(tenant);
    const credited = await published(tenant, { timeWindowHours: 200 });
    const missed = await published(tenant);
    const beyond = { page: 9, limit: 10 };
    const pages = [
      await tenant.run((ctx) => listRuns(ctx, beyond)),
      await tenant.run((ctx) => listResults(ctx, { runId: credited, ...beyond })),
      await tenant.run((ctx) => listUnattributed(ctx, { runId: missed, ...beyond })),
    ];
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([
      [0, 2],
      [0, 1],
      [0, 1],
    ]);
  });
});

describe('a customer with more conversions than a partition', () => {
  it('is cut inside, and every conversion is computed once', async () => {
    const tenant = await createTenant(database);
    const { organizationId } = tenant;
    const customer = (n: string) => database.owner.unsafe(`(md5('${organizationId}' || ${n}))::uuid`);
    await database.owner`
      insert into customers (organization_id, id) select ${organizationId}, ${customer('n')} from generate_series(1, 3) n`;
    // Pairs at one moment: the id decides which of them comes first.
    await database.owner`
      insert into conversions
        (organization_id, external_id, customer_id, event_type, event_source, amount_minor, currency, occurred_at)
      select ${organizationId}, 'c' || n, ${customer('case when n <= 2000 then 1 when n <= 20000 then 2 else 3 end')},
             'purchase', 'billing', 1000, 'USD', timestamptz '2026-06-01' + n / 2 * interval '1.000001 seconds'
      from generate_series(1, 22000) n`;
    await database.owner`
      insert into interactions (organization_id, external_id, customer_id, channel, started_at)
      select ${organizationId}, 't' || n, ${customer('n')}, 'call', '2026-05-31T23:00:00Z' from generate_series(1, 3) n`;
    const runId = await runModels(tenant, ['LINEAR']);
    const parts = await database.owner<{ conversions: number; attributed: number; inside: boolean }[]>`
      select conversions, attributed, conversion_from is not null as inside from attribution_run_partitions
      where run_id = ${runId} order by ordinal`;
    expect(parts.map(({ attributed }) => attributed)).toEqual(parts.map(({ conversions }) => conversions));
    expect(parts.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(22_000);
    expect(parts.filter(({ inside }) => inside)).toHaveLength(2);
    expect(Math.max(...parts.map(({ conversions }) => conversions))).toBeLessThan(12_000);
    const [{ credited }] = await database.owner<[{ credited: number }]>`
      select count(distinct conversion_id)::integer as credited from attribution_results where run_id = ${runId}`;
    expect(credited).toBe(22_000);
  });
});
