import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SyncActivityDeps, SyncProgress } from '../../../activities/integrations/syncs.activities.ts';
import type { Outbound } from '../../../domain/core/outbound.port.ts';
import { createOutbound } from '../../../providers/http/outbound.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { type StripeStandIn, startStripe } from '../../../test/integrations/stripe.ts';
import { install, syncActivities } from '../../../test/integrations/world.ts';
import {
  beginAttempt,
  cancelSync,
  commitStep,
  listSyncs,
  nextPosition,
  requestSync,
  startSync,
  takeBudget,
} from '../index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let outbound: Outbound;
let stripe: StripeStandIn;
let integrationId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  outbound = createOutbound({ production: false, allowLoopback: true });
});
beforeEach(async () => {
  tenant = await createTenant(database);
  stripe = await startStripe();
  integrationId = await install(tenant, { provider: 'stripe', credentials: { apiKey: 'sk_test_stand_in' } });
});
afterEach(() => stripe.close());
afterAll(async () => {
  await outbound?.close();
  await database?.drop();
});

const NOON = 1_780_000_000;
const work = (syncId: string, more: Partial<SyncActivityDeps> = {}): Promise<SyncProgress> => {
  const { syncsWork } = syncActivities(database, outbound, { stripe: stripe.url }, more);
  return new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(() =>
    syncsWork({ organizationId: tenant.organizationId, integrationId, syncId }),
  ) as Promise<SyncProgress>;
};
const begin = (input: object = {}) => tenant.run((ctx) => startSync(ctx, { integrationId, ...input }));
const sync = async (input: object = {}, more: Partial<SyncActivityDeps> = {}) => {
  const { id } = await begin(input);
  const progress = await work(id, more);
  return { ...(await last()), state: progress.state };
};
const last = async () => (await tenant.run((ctx) => listSyncs(ctx, { integrationId, page: 1, limit: 1 }))).items[0]!;
const conversions = () => database.owner<
  { external_id: string; amount_minor: string; refund: boolean; voided: boolean }[]
>`
  select external_id, amount_minor::text, refund_of is not null as refund, voided_at is not null as voided
  from conversions where organization_id = ${tenant.organizationId} order by external_id`;
const payments = (count: number) => {
  for (let number = 1; number <= count; number++) {
    stripe.charge({
      id: `ch_${String(number).padStart(4, '0')}`,
      amount: number * 100,
      created: NOON + number,
      email: `p${number}@example.com`,
    });
  }
};

describe('a sync of payments', () => {
  it('makes a conversion of each payment and takes each refund off it, page by page, and finds nothing new after that', async () => {
    payments(250);
    stripe.refund({ id: 're_1', charge: 'ch_0250', amount: 5_000, created: NOON + 900 });
    const first = await sync({}, { pageRecords: 100 });
    expect(first).toMatchObject({
      state: 'completed',
      status: 'completed',
      counts: { payments: { created: 250, quarantined: 0 }, refunds: { created: 1 } },
    });
    const rows = await conversions();
    expect(rows).toHaveLength(251);
    expect(rows.at(-1)).toMatchObject({ external_id: 'stripe:re_1', amount_minor: '-5000', refund: true });
    stripe.charge({ id: 'ch_new', amount: 1, created: Math.floor(Date.now() / 1_000) });
    const second = await sync();
    expect(second.counts.payments).toMatchObject({ created: 1, updated: 0 });
    expect((await sync({ mode: 'full' })).counts.payments).toMatchObject({ created: 0, unchanged: 251 });
    expect(await conversions()).toHaveLength(252);
  });

  it('voids a refund that came back', async () => {
    payments(1);
    stripe.refund({ id: 're_1', charge: 'ch_0001', amount: 50, created: NOON + 900 });
    await sync();
    stripe.failRefund('re_1', Math.floor(Date.now() / 1_000));
    expect((await sync()).counts.refunds).toMatchObject({ deleted: 1 });
    expect((await conversions()).find(({ refund }) => refund)?.voided).toBe(true);
  });

  it('tells what it would do in a dry run, and does nothing', async () => {
    payments(30);
    const dry = await sync({ dryRun: true });
    expect(dry).toMatchObject({ state: 'completed', counts: { payments: { created: 30 } } });
    expect(await conversions()).toEqual([]);
    expect((await sync()).counts.payments).toMatchObject({ created: 30 });
  });

  it('puts a record aside that cannot be stored, goes on, and takes it over once it can', async () => {
    stripe.refund({ id: 're_lost', charge: 'ch_late', amount: 100, created: NOON });
    payments(1);
    const first = await sync();
    expect(first).toMatchObject({ state: 'completed', counts: { refunds: { created: 0, quarantined: 1 } } });
    expect(first.report).toMatchObject([{ stream: 'refunds', record: 're_lost', code: 'REFUND_ORIGINAL_NOT_FOUND' }]);
    stripe.charge({ id: 'ch_late', amount: 100, created: Math.floor(Date.now() / 1_000) });
    expect((await sync()).counts).toMatchObject({ payments: { created: 1 }, refunds: { created: 1, quarantined: 0 } });
    const left = await database.owner`select from integration_quarantine where integration_id = ${integrationId}`;
    expect(left).toHaveLength(0);
  });
});

describe('a provider that fails', () => {
  it.each(['500', 'reset', 'malformed'] as const)(
    'with %s is asked again, and nothing is lost or doubled',
    async (fault) => {
      payments(25);
      const { id } = await begin();
      stripe.fail(fault, ({ query }) => query.has('starting_after'));
      await expect(work(id, { pageRecords: 10 })).rejects.toMatchObject({
        type: fault === 'malformed' ? 'MALFORMED_ANSWER' : 'PROVIDER_UNAVAILABLE',
      });
      expect((await conversions()).length).toBe(10);
      expect(await work(id, { pageRecords: 10 })).toMatchObject({ state: 'completed' });
      expect((await last()).counts.payments).toMatchObject({ created: 25, unchanged: 0 });
    },
  );

  it('with 429 is left alone by every worker for as long as it says', async () => {
    payments(1);
    const { id } = await begin();
    stripe.fail('429');
    expect(await work(id)).toMatchObject({ state: 'waiting', waitSeconds: 1 });
    const wait = await tenant.run(
      (ctx) => takeBudget(ctx, { integrationId, limit: { burst: 5, perSecond: 5 } }),
      new Date(),
    );
    expect(wait.waitMs).toBeGreaterThan(0);
    expect(await work(id)).toMatchObject({ state: 'completed' });
  });

  it.each(['empty', 'duplicate'] as const)('with a page that is %s is asked again', async (fault) => {
    payments(25);
    const { id } = await begin();
    stripe.fail(fault, ({ query }) => query.has('starting_after'));
    await expect(work(id, { pageRecords: 10 })).rejects.toMatchObject({ type: 'MALFORMED_ANSWER' });
    expect(await work(id, { pageRecords: 10 })).toMatchObject({ state: 'completed' });
    expect(await conversions()).toHaveLength(25);
  });

  it('with wrong credentials ends the sync and says what to do', async () => {
    const other = await install(tenant, { provider: 'stripe', credentials: { apiKey: 'wrong' } }).catch(() => null);
    expect(other).toBeNull();
    await tenant.run((ctx) =>
      ctx.tx.updateTable('team_integrations').set({ credentials: null }).where('id', '=', integrationId).execute(),
    );
    const failed = await sync();
    expect(failed).toMatchObject({ state: 'failed', status: 'failed', error: { code: 'CREDENTIALS_REFUSED' } });
    const [row] =
      await database.owner`select status, last_error_code from team_integrations where id = ${integrationId}`;
    expect(row).toEqual({ status: 'error', last_error_code: 'CREDENTIALS_REFUSED' });
  });

  it('counts as calls, failures and latency in the usage of the day, and in the health', async () => {
    payments(1);
    stripe.fail('500');
    await database.owner`
      update team_integrations set settings = '{"costPerCallUsd": 0.002}' where id = ${integrationId}`;
    const { id } = await begin();
    await work(id).catch(() => {});
    await work(id);
    const [usage] = await database.owner`
      select api_calls::integer as calls, failed_calls::integer as failed, errors, cost_usd::float8 as cost
      from integration_usage_analytics where integration_id = ${integrationId}`;
    expect(usage).toEqual({
      calls: stripe.requests.length,
      failed: 1,
      errors: { PROVIDER_UNAVAILABLE: 1 },
      // By the organization's own contract.
      cost: stripe.requests.length * 0.002,
    });
    const [health] = await database.owner`select calculate_integration_health_score(${integrationId}) as score`;
    expect(health!.score).toBe(Math.round(50 * (1 - 1 / stripe.requests.length) + 50));
  });
});

describe('a sync that is going on', () => {
  it('keeps a second one away, is followed by one when a webhook comes, and ends when it is cancelled', async () => {
    payments(25);
    const { id } = await begin();
    await expect(begin()).rejects.toMatchObject({ code: 'SYNC_RUNNING', extras: { details: { syncId: id } } });
    expect(await tenant.run((ctx) => requestSync(ctx, { integrationId, trigger: 'webhook' }))).toEqual({ id });
    await work(id);
    const next = await last();
    expect([next.trigger, next.status, next.number]).toEqual(['webhook', 'pending', 2]);
    expect(await tenant.run((ctx) => cancelSync(ctx, { integrationId }))).toMatchObject({ status: 'cancelled' });
    const third = await begin();
    const pause = {
      faultPoint: async (point: string) => {
        if (point === 'sync.after-step') await tenant.run((ctx) => cancelSync(ctx, { integrationId })).catch(() => {});
      },
    };
    expect(await work(third.id, pause)).toMatchObject({ state: 'cancelled' });
    await expect(tenant.run((ctx) => cancelSync(ctx, { integrationId }))).rejects.toMatchObject({
      code: 'NO_SYNC_RUNNING',
    });
  });

  it('lets only its newest attempt write', async () => {
    const { id } = await begin();
    const old = await tenant.run((ctx) => beginAttempt(ctx, { integrationId, syncId: id }));
    const young = await tenant.run((ctx) => beginAttempt(ctx, { integrationId, syncId: id }));
    if ('ended' in old || 'ended' in young) throw new Error('ended');
    const step = async () => ({ position: nextPosition(young.position) });
    expect(await tenant.run((ctx) => commitStep(ctx, old, 'payments', step))).toEqual({ ended: 'superseded' });
    expect(await tenant.run((ctx) => commitStep(ctx, young, 'payments', step))).toMatchObject({
      position: { phase: 'pull' },
    });
  });
});
