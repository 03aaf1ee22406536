import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import type { RunConfigInput } from '../../../domain/insight/run-config.rules.ts';
import { runModels, storedCredits } from '../../../test/attribution/execute.ts';
import { arrangeSettings, at, saleInput, touchInput } from '../../../test/attribution/random.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { ingestConversion, ingestEvent, ingestInteraction } from '../../data/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

/** Touches one hour apart, the last one an hour before a sale of 140.00. */
async function arrange(channels: readonly string[]): Promise<TestTenant> {
  const tenant = await createTenant(database);
  await arrangeSettings(database, tenant);
  for (const [index, channel] of channels.entries()) {
    await tenant.run((ctx) =>
      ingestInteraction(ctx, touchInput(`t${index}`, channels.length - index, 'p', { channel })),
    );
  }
  await tenant.run((ctx) => ingestConversion(ctx, saleInput('c', 0, 'p', '140.00')));
  return tenant;
}

const reach = (tenant: TestTenant, type: string, hoursBefore: number) =>
  tenant.run((ctx) =>
    ingestEvent(ctx, {
      type,
      occurredAt: at(hoursBefore),
      customerIdentifiers: [{ type: 'external_id', value: 'p' }],
    }),
  );

/** Cents by touch, 0 where a touch has no row. */
async function cents(tenant: TestTenant, model: ModelCode, config: RunConfigInput = {}): Promise<number[]> {
  const runId = await runModels(tenant, [model], config);
  const rows = await storedCredits(database, runId);
  const touches = await database.owner<{ id: string }[]>`
    select id from interactions where organization_id = ${tenant.organizationId} order by external_id`;
  return touches.map(({ id }) => Number(rows.find((row) => row.interaction_id === id)?.amount_minor ?? 0));
}

describe('POSITION_BASED', () => {
  it('gives 56, 28 and 56 of 140 over Direct > Organic > Direct (Snowplow)', async () => {
    expect(await cents(await arrange(['direct', 'organic', 'direct']), 'POSITION_BASED')).toEqual([5600, 2800, 5600]);
  });

  it('gives two touches half each (Adobe), or what the configured ends are to each other', async () => {
    const tenant = await arrange(['email', 'call']);
    expect(await cents(tenant, 'POSITION_BASED')).toEqual([7000, 7000]);
    expect(await cents(tenant, 'POSITION_BASED', { positionWeights: { first: 1, middle: 5, last: 3 } })).toEqual([
      3500, 10_500,
    ]);
    expect(await cents(tenant, 'POSITION_BASED', { positionWeights: { middle: 1 } })).toEqual([7000, 7000]);
  });
});

describe('W_SHAPED and FULL_PATH', () => {
  it('give 30 to each of three milestones and 10 to the rest; 22.5 to each of four', async () => {
    const tenant = await arrange(['email', 'call', 'chat', 'web', 'sms']);
    await reach(tenant, 'form_submitted', 3.5); // after the second touch
    await reach(tenant, 'demo_booked', 2); // at the very moment of the fourth
    expect(await cents(tenant, 'W_SHAPED')).toEqual([4200, 4200, 700, 4200, 700]);
    expect(await cents(tenant, 'FULL_PATH')).toEqual([3150, 3150, 1400, 3150, 3150]);
  });

  it('add up milestones on one touch, and spread what has no touch in proportion', async () => {
    const tenant = await arrange(['email', 'call']);
    await reach(tenant, 'form_submitted', 1.5);
    // First and lead on the first touch; no opportunity; 60 to the first, 10 to the other one.
    expect(await cents(tenant, 'W_SHAPED')).toEqual([12_000, 2000]);
    // First, lead | close; no middle.
    expect(await cents(tenant, 'FULL_PATH')).toEqual([9333, 4667]);
  });

  it('take no notice of a milestone after the conversion, or before the first touch', async () => {
    const tenant = await arrange(['email', 'call', 'chat']);
    await reach(tenant, 'form_submitted', -5);
    await reach(tenant, 'demo_booked', 50);
    // First alone: 30 to it, 10 shared by two.
    expect(await cents(tenant, 'W_SHAPED')).toEqual([10_500, 1750, 1750]);
  });
});

describe('LAST_NON_DIRECT', () => {
  it('passes over direct touches, and takes the last one where all are direct', async () => {
    expect(await cents(await arrange(['email', 'call', 'direct', 'none']), 'LAST_NON_DIRECT')).toEqual([
      0, 14_000, 0, 0,
    ]);
    expect(await cents(await arrange(['direct', 'none']), 'LAST_NON_DIRECT')).toEqual([0, 14_000]);
  });
});

describe('CUSTOM', () => {
  it('multiplies the weight of the position with that of the channel', async () => {
    const tenant = await arrange(['email', 'call', 'chat', 'sms']);
    const weights = (customWeights: object) => cents(tenant, 'CUSTOM', { customWeights });
    expect(await weights({ first: 2, middle: 2, last: 3 })).toEqual([4000, 2000, 2000, 6000]);
    expect(await weights({ positions: [4, 3] })).toEqual([8000, 6000, 0, 0]);
    expect(await weights({ channels: { call: 3, chat: 4 }, otherChannels: 0 })).toEqual([0, 6000, 8000, 0]);
    expect(await weights({ positions: [1, 1], otherPositions: 1, channels: { sms: 4 } })).toEqual([
      2000, 2000, 2000, 8000,
    ]);
  });

  it('shares equally where no touch weighs anything', async () => {
    const tenant = await arrange(['email', 'call']);
    expect(await cents(tenant, 'CUSTOM', { customWeights: { channels: { fax: 1 }, otherChannels: 0 } })).toEqual([
      7000, 7000,
    ]);
  });
});

describe('AI_WEIGHTED', () => {
  it('takes intent weights of any size without leaving 64 bits', async () => {
    const tenant = await createTenant(database);
    await database.owner`
      update organizations set intent_weights = ${database.owner.json({ hot: 5_000_000_000, cold: 1 })}
      where id = ${tenant.organizationId}`;
    for (const [index, primaryIntent] of ['hot', 'hot', 'cold'].entries()) {
      const extra = { primaryIntent, purchaseProbability: 0.5 };
      await tenant.run((ctx) => ingestInteraction(ctx, touchInput(`t${index}`, 3 - index, 'p', extra)));
    }
    await tenant.run((ctx) => ingestConversion(ctx, saleInput('c', 0, 'p', '140.00')));
    expect(await cents(tenant, 'AI_WEIGHTED')).toEqual([7000, 7000, 0]);
  });
});
