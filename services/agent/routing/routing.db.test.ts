import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelEntry } from '../../../domain/agent/model-catalogue.rules.ts';
import type { Prompt } from '../../../domain/agent/prompt.input.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { createModelGateway } from '../gateway/index.ts';
import { changeRouting, getRouting, listRoutings, type RoutingChanges } from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

const ENTRIES: readonly ModelEntry[] = [
  { id: 'large', label: 'Large', provider: 'anthropic', wireName: 'claude-sonnet-5-5', quality: 5 },
  { id: 'small', label: 'Small', provider: 'anthropic', wireName: 'claude-haiku-5-5', quality: 2 },
];
const prompt: Prompt<string, string> = {
  name: 'reader',
  version: 1,
  purpose: 'classify',
  system: 'Read.',
  maxOutputTokens: 50,
  output: null,
  render: (text) => text,
  offline: (text) => text,
};
const usage = { inputTokens: 1_000, outputTokens: 100, cachedTokens: 0 };
const ask = (who: TestTenant, entries = ENTRIES) =>
  createModelGateway({
    db: database.app,
    entries,
    providers: [{ name: 'anthropic', complete: async () => ({ text: 'Read.', finish: 'stop', usage }) }],
  }).ask(who.scope, prompt, 'x');
const change = (changes: RoutingChanges, expectedVersion?: number) =>
  tenant.run((ctx) => changeRouting(ctx, { changes, expectedVersion, entries: ENTRIES }));
const asked = async () => {
  const { routes } = await tenant.run((ctx) => getRouting(ctx, { entries: ENTRIES }));
  return routes.find(({ purpose }) => purpose === 'classify')!.asked;
};
const classify = (rest: { minQuality: number; prefer: 'quality' | 'price'; models?: string[] }) => ({
  routes: [{ purpose: 'classify' as const, models: null, ...rest }],
});
const CHEAPER = { model: 'claude-sonnet-5-5', source: 'Contract', effectiveFrom: '2026-01-01' };

describe('the routing of models', () => {
  it('is what an organization says, by quality, price or name, and the next call follows it, of nobody else', async () => {
    expect((await ask(tenant)).model).toBe('claude-haiku-5-5');
    await change(classify({ minQuality: 3, prefer: 'price' }));
    expect([await asked(), (await ask(tenant)).model]).toEqual([['large'], 'claude-sonnet-5-5']);
    await change({ qualities: [{ model: 'small', quality: 4 }] });
    expect(await asked()).toEqual(['small', 'large']);
    await change({ prices: [{ ...CHEAPER, inputNanos: 10, outputNanos: 10, cachedNanos: 10 }] });
    expect(await asked()).toEqual(['large', 'small']);
    await change(classify({ minQuality: 5, prefer: 'quality', models: ['small', 'large'] }));
    expect(await asked()).toEqual(['small', 'large']);
    // Who names models means these and no others, also where none of them is there any more.
    const others = [{ ...ENTRIES[0]!, id: 'another' }];
    await expect(ask(tenant, others)).rejects.toMatchObject({ code: 'MODEL_NOT_AVAILABLE' });
    expect((await ask(await createTenant(database))).model).toBe('claude-haiku-5-5');
    await change({ routes: [], qualities: [], prices: [] });
    expect((await ask(tenant)).model).toBe('claude-haiku-5-5');
  });

  it('prices a call by what is paid on its day, names the revision that says it, and leaves older calls as they were', async () => {
    await change(classify({ minQuality: 5, prefer: 'quality' }));
    const published = (await ask(tenant)).costMicros;
    // 1,000 tokens at 1 dollar and 100 at 5 dollars per million; the later price is not yet in force.
    const paid = { inputNanos: 1_000, outputNanos: 5_000, cachedNanos: 1_000 };
    await change({
      prices: [
        { ...CHEAPER, ...paid },
        { ...CHEAPER, ...paid, effectiveFrom: '2199-01-01', outputNanos: 1 },
      ],
    });
    expect((await ask(tenant)).costMicros).toBe(1_500);
    const rows = await database.owner`
      select price_id, cost_micros::int as cost from ai_calls where organization_id = ${tenant.organizationId} order by id`;
    expect(rows).toEqual([
      { price_id: 'claude-sonnet-5-5@2026-01-01', cost: published },
      { price_id: 'claude-sonnet-5-5@2026-01-01#2', cost: 1_500 },
    ]);
    expect(published).toBe(3_000);
  });

  it('keeps every revision, refuses what stale eyes write and what names no model, and makes none where nothing changes', async () => {
    const first = classify({ minQuality: 3, prefer: 'price' });
    await change(first, 0);
    await change(first);
    await expect(change(first, 0)).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
    await expect(change({ qualities: [{ model: 'nobody', quality: 1 }] })).rejects.toMatchObject({
      extras: { issues: [{ field: 'qualities.0.model' }] },
    });
    await expect(change({ routes: [...first.routes, ...first.routes] })).rejects.toMatchObject({
      extras: { issues: [{ field: 'routes.1' }] },
    });
    const both = await Promise.allSettled([
      change({ qualities: [{ model: 'small', quality: 3 }] }, 1),
      change({ qualities: [{ model: 'small', quality: 4 }] }, 1),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { items } = await tenant.run((ctx) => listRoutings(ctx, { page: 1, limit: 50 }));
    expect(items.map(({ revision, routes }) => [revision, routes])).toEqual([
      [2, first.routes],
      [1, first.routes],
    ]);
    const [audited] = await database.owner<{ count: number }[]>`
      select count(*)::int as count from audit_logs
      where organization_id = ${tenant.organizationId} and action = 'ai.routing.change'`;
    expect(audited!.count).toBe(2);
  });
});
