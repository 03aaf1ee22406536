import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIFFERENCE_PARTS, DIMENSIONS } from '../../../domain/insight/comparison.rules.ts';
import type { RunConfigInput } from '../../../domain/insight/run-config.rules.ts';
import { publishedCredits } from '../../../test/attribution/arrange.ts';
import { executeToEnd } from '../../../test/attribution/execute.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import {
  correctConversion,
  correctInteraction,
  ingestConversion,
  ingestInteraction,
  mergeCustomers,
  voidConversion,
} from '../../data/index.ts';
import { compareRuns, createRun, getComparison, listRuns, requestComparison } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const at = (hoursBefore: number) => new Date(Date.UTC(2026, 5, 1) - hoursBefore * 3_600_000);
const person = (value: string) => [{ type: 'external_id', value }];

const touch = (tenant: TestTenant, id: string, who: string, hours: number, extra: object = {}) =>
  tenant.run((ctx) =>
    ingestInteraction(ctx, {
      externalInteractionId: id,
      channel: 'call',
      startedAt: at(hours),
      customerIdentifiers: person(who),
      ...extra,
    }),
  );
const sale = (tenant: TestTenant, id: string, who: string, amount: string, extra: object = {}) =>
  tenant.run((ctx) =>
    ingestConversion(ctx, {
      externalEventId: id,
      eventType: 'purchase',
      customerIdentifiers: person(who),
      amountDecimal: amount,
      currency: 'USD',
      occurredAt: at(0),
      eventSource: 'billing',
      ...extra,
    }),
  );

async function newRun(tenant: TestTenant, config: RunConfigInput = {}): Promise<string> {
  const input = { modelCode: 'LINEAR' as const, name: 'run', config: { ...config, models: ['LAST_TOUCH' as const] } };
  const { id } = await tenant.run((ctx) => createRun(ctx, input));
  await executeToEnd(tenant, id);
  return id;
}

/** Asks for the comparison and lets every state's process do its work. */
async function explain(tenant: TestTenant, baseRunId: string, runId: string) {
  const asked = await tenant.run((ctx) => requestComparison(ctx, { baseRunId, runId }));
  for (const { id } of await database.owner<{ id: string }[]>`
    select id from attribution_runs where comparison_id = ${asked.id}`) {
    await executeToEnd(tenant, id);
  }
  return tenant.run((ctx) => getComparison(ctx, { comparisonId: asked.id }));
}

const compare = (tenant: TestTenant, runIds: string[], dimension: (typeof DIMENSIONS)[number] = 'channel') =>
  tenant.run((ctx) => compareRuns(ctx, { runIds, dimension, limit: 100 }));

const minor = (text: string) => Math.round(Number(text) * 100);

describe('the difference of two runs', () => {
  it('is told apart by cause: configuration, identity, corrections, late data and refunds', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 'near', 'a', 2);
    await touch(tenant, 'far', 'a', 100, { channel: 'email' });
    await sale(tenant, 'a1', 'a', '100.00');
    await touch(tenant, 'b-touch', 'b', 2);
    const b = await sale(tenant, 'b1', 'b', '50.00');
    const other = await touch(tenant, 'c-touch', 'c', 2, { channel: 'chat' });
    const d = await sale(tenant, 'd1', 'd', '30.00');
    const base = await newRun(tenant, { timeWindowHours: 72 });
    // Corrected: 50 → 70. Identity: d is c, whose chat now earns 30. Late: a sale of 9 and its touch.
    await tenant.run((ctx) => correctConversion(ctx, { id: b.id, changes: { amountDecimal: '70.00' } }));
    await tenant.run((ctx) => mergeCustomers(ctx, { sourceId: d.customerId!, targetId: other.customerId! }));
    await touch(tenant, 'e-touch', 'e', 2, { channel: 'sms' });
    await sale(tenant, 'e1', 'e', '9.00');
    // And of the first sale, which the wider window shares, 40 are paid back.
    await sale(tenant, 'a1-back', 'a', '-40.00', { refundOf: 'a1' });
    const run = await newRun(tenant, { timeWindowHours: 168 });
    const comparison = await explain(tenant, base, run);
    expect(comparison.status).toBe('completed');
    expect(comparison.steps.map(({ part, changed }) => [part, changed])).toEqual([
      ['configuration', true],
      ['identity', true],
      ['corrections', true],
      ['lateData', true],
      ['refunds', true],
    ]);
    const { difference } = await compare(tenant, [base, run]);
    const linear = difference!.rows.filter((row) => row.modelCode === 'LINEAR');
    const zero = { configuration: '0.00', identity: '0.00', corrections: '0.00', lateData: '0.00', refunds: '0.00' };
    expect(Object.fromEntries(linear.map((row) => [row.key, [row.difference, row.parts]]))).toEqual({
      call: ['-50.00', { ...zero, configuration: '-50.00', corrections: '20.00', refunds: '-20.00' }],
      email: ['30.00', { ...zero, configuration: '50.00', refunds: '-20.00' }],
      chat: ['30.00', { ...zero, identity: '30.00' }],
      sms: ['9.00', { ...zero, lateData: '9.00' }],
    });
    const total = difference!.totals.find((row) => row.modelCode === 'LINEAR')!;
    expect([total.from, total.to, total.difference]).toEqual(['150.00', '169.00', '19.00']);
    expect(total.parts).toEqual({
      ...zero,
      identity: '30.00',
      corrections: '20.00',
      lateData: '9.00',
      refunds: '-40.00',
    });
  });

  it('has parts that sum to it for every dimension, model and value, in both directions', async () => {
    const tenant = await createTenant(database);
    await disturbedHistory(tenant);
    const base = await newRun(tenant, { timeWindowHours: 48 });
    await disturb(tenant);
    const run = await newRun(tenant, { timeWindowHours: 200, eventTypes: ['purchase'] });
    for (const pair of [
      [base, run],
      [run, base],
    ] as const) {
      expect((await explain(tenant, ...pair)).status).toBe('completed');
      for (const dimension of DIMENSIONS) {
        const { difference } = await compare(tenant, [...pair], dimension);
        expect(difference!.rows.length).toBeGreaterThan(0);
        for (const row of [...difference!.rows, ...difference!.totals]) {
          const sum = DIFFERENCE_PARTS.reduce((total, part) => total + minor(row.parts![part]), 0);
          expect([dimension, row.modelCode, sum]).toEqual([dimension, row.modelCode, minor(row.difference)]);
          expect(minor(row.to) - minor(row.from)).toBe(sum);
        }
      }
    }
  }, 60_000);

  it('recomputes to the published rows when a state mixes snapshots that saw the same', async () => {
    const tenant = await createTenant(database);
    await disturbedHistory(tenant);
    const pairs: { run: string; copy: string }[] = [];
    for (const change of [async () => {}, () => disturb(tenant)]) {
      await change();
      const run = await newRun(tenant);
      // Taken after the run's own and with nothing in between, so that the statement mixes and the answer may not.
      const [copy] = await database.owner<[{ id: string }]>`
        insert into attribution_runs (organization_id, name, model_code, models, config, snapshot, as_of, inputs)
        select organization_id, 'copy', model_code, models, config, snapshot, as_of, inputs || jsonb_build_object('view',
          jsonb_build_object('links', pg_current_snapshot()::text, 'versions', snapshot::text,
                             'existing', pg_current_snapshot()::text, 'refunds', snapshot::text))
        from attribution_runs where id = ${run} returning id`;
      pairs.push({ run, copy: copy.id });
    }
    await disturb(tenant, 'more');
    const seen = [];
    for (const { run, copy } of pairs) {
      await executeToEnd(tenant, copy);
      seen.push(await publishedCredits(database, run));
      expect(await publishedCredits(database, copy)).toEqual(seen.at(-1));
    }
    expect(seen[1]).not.toEqual(seen[0]);
  });

  it('is nothing, and needs no computation, between two runs over the same data', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 't', 'a', 2);
    await sale(tenant, 's', 'a', '10.00');
    const [base, run] = [await newRun(tenant), await newRun(tenant)];
    const comparison = await tenant.run((ctx) => requestComparison(ctx, { baseRunId: base, runId: run }));
    expect([comparison.status, comparison.steps.some((step) => step.changed)]).toEqual(['completed', false]);
    const { difference } = await compare(tenant, [base, run]);
    expect(difference!.totals.map((row) => row.difference)).toEqual(['0.00', '0.00']);
    const again = await tenant.run((ctx) => requestComparison(ctx, { baseRunId: base, runId: run }));
    expect(again.id).toBe(comparison.id);
  });

  it('keeps its states out of the list of runs, and computes those again that failed', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 't', 'a', 100);
    await sale(tenant, 's', 'a', '10.00');
    const base = await newRun(tenant);
    await touch(tenant, 't2', 'a', 3);
    const run = await newRun(tenant, { timeWindowHours: 168 });
    const { id } = await tenant.run((ctx) => requestComparison(ctx, { baseRunId: base, runId: run }));
    const { items } = await tenant.run((ctx) => listRuns(ctx, { page: 1, limit: 50 }));
    expect(items.map((item) => item.id).sort()).toEqual([base, run].sort());
    await database.owner`update attribution_runs set status = 'failed' where comparison_id = ${id}`;
    expect((await tenant.run((ctx) => getComparison(ctx, { comparisonId: id }))).status).toBe('failed');
    const again = await tenant.run((ctx) => requestComparison(ctx, { baseRunId: base, runId: run }));
    expect([again.id, again.status]).toEqual([id, 'running']);
  });
});

describe('a frozen run', () => {
  it('gives identical rows after 1,000 late facts, merges and corrections, and so do its comparisons', async () => {
    const tenant = await createTenant(database);
    await disturbedHistory(tenant);
    const base = await newRun(tenant);
    await disturb(tenant);
    const run = await newRun(tenant);
    await explain(tenant, base, run);
    const ids = [base, run];
    const rows = await Promise.all(ids.map((id) => publishedCredits(database, id)));
    const told = await compare(tenant, ids, 'intent');
    await lateFacts(tenant, 1_000);
    await disturb(tenant, 'more');
    for (const id of ids) await executeToEnd(tenant, id);
    expect(await Promise.all(ids.map((id) => publishedCredits(database, id)))).toEqual(rows);
    expect((await compare(tenant, ids, 'intent')).difference).toMatchObject({
      rows: told.difference!.rows,
      totals: told.difference!.totals,
    });
    const states = await database.owner<{ id: string }[]>`
      select id from attribution_runs where comparison_id = ${told.difference!.explanation!.id}`;
    for (const state of states) {
      const before = await publishedCredits(database, state.id);
      await executeToEnd(tenant, state.id);
      expect(await publishedCredits(database, state.id)).toEqual(before);
    }
  }, 120_000);
});

/** 12 people with touches of several channels, agents and intents, and sales of two currencies. */
async function disturbedHistory(tenant: TestTenant): Promise<void> {
  for (let n = 0; n < 12; n++) {
    for (let k = 0; k < 3; k++) {
      await touch(tenant, `t${n}-${k}`, `p${n}`, 5 + n * 7 + k * 31, {
        channel: ['call', 'email', 'chat'][(n + k) % 3],
        vendorCode: ['convin', 'acme'][n % 2],
        campaign: k === 0 ? 'spring' : undefined,
        utm: { source: ['google', 'bing'][k % 2] },
        primaryIntent: ['purchase', 'support'][(n + k) % 2],
        participants: [{ role: 'agent', externalId: `agent-${n % 4}` }],
      });
    }
    const eventType = n % 3 === 0 ? 'signup' : 'purchase';
    await sale(tenant, `s${n}`, `p${n}`, `${n + 1}.37`, { eventType, currency: n % 4 === 3 ? 'EUR' : 'USD' });
  }
}

async function disturb(tenant: TestTenant, tag = 'late'): Promise<void> {
  const interactions = await database.owner<{ id: string }[]>`
    select id from interactions where organization_id = ${tenant.organizationId} and voided_at is null order by external_id`;
  const sales = await database.owner<{ id: string; customer_id: string }[]>`
    select id, customer_id from conversions where organization_id = ${tenant.organizationId} and voided_at is null
    order by external_id`;
  for (const { id } of interactions.slice(0, 5)) {
    await tenant.run((ctx) => correctInteraction(ctx, { id, changes: { channel: 'sms', primaryIntent: 'other' } }));
  }
  await tenant.run((ctx) => correctConversion(ctx, { id: sales[1]!.id, changes: { amountDecimal: '77.77' } }));
  await tenant.run((ctx) => voidConversion(ctx, { id: sales[2]!.id, reason: 'test' }));
  const [source, target] = [sales[4]!, sales.find((row) => row.customer_id !== sales[4]!.customer_id)!];
  await tenant.run((ctx) => mergeCustomers(ctx, { sourceId: source.customer_id, targetId: target.customer_id }));
  // A late fact that is corrected before anybody has seen it is late, not corrected.
  const fresh = await touch(tenant, `${tag}-touch`, 'p5', 3, { channel: 'web' });
  await tenant.run((ctx) => correctInteraction(ctx, { id: fresh.id, changes: { channel: 'portal' } }));
  await touch(tenant, `${tag}-x`, `${tag}-person`, 1, { channel: 'web' });
  await sale(tenant, `${tag}-sale`, `${tag}-person`, '12.34');
}

async function lateFacts(tenant: TestTenant, count: number): Promise<void> {
  const touches = Array.from({ length: count / 2 }, (_, n) => ({
    externalInteractionId: `late-${n}`,
    channel: 'call',
    startedAt: at(1 + (n % 60)),
    customerIdentifiers: person(`p${n % 14}`),
  }));
  const sales = Array.from({ length: count / 2 }, (_, n) => ({
    externalEventId: `late-sale-${n}`,
    eventType: 'purchase',
    customerIdentifiers: person(`p${n % 14}`),
    amountDecimal: '3.00',
    currency: 'USD',
    occurredAt: at(n % 60),
    eventSource: 'billing',
  }));
  await tenant.run((ctx) => ingestInteraction.group(ctx, touches));
  await tenant.run((ctx) => ingestConversion.group(ctx, sales));
}
