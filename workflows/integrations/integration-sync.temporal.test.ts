import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import type { SyncActivityDeps } from '../../activities/integrations/syncs.activities.ts';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import { ProviderError } from '../../domain/integrations/adapter.port.ts';
import { createOutbound } from '../../providers/http/outbound.ts';
import {
  cancelSync,
  installIntegration,
  listSyncs,
  removeIntegration,
  requestSync,
  startSync,
  updateIntegration,
} from '../../services/integrations/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { type StripeStandIn, startStripe } from '../../test/integrations/stripe.ts';
import { install, syncActivities } from '../../test/integrations/world.ts';
import { testSecrets } from '../../test/secrets.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { MAIN_QUEUE, OUTBOUND_QUEUE } from '../queues.contract.ts';

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
  for (let number = 1; number <= 25; number++) {
    stripe.charge({
      id: `ch_${number}`,
      amount: 100,
      created: 1_780_000_000 + number,
      email: `p${number}@example.com`,
    });
  }
});
afterEach(async () => {
  await stripe.close();
});
afterAll(async () => {
  await outbound?.close();
  await database?.drop();
});

/** Registered last, so that the workers stop first. */
const openWorker = testWorkers();
async function startWorker(options: Partial<TestWorkerOptions> = {}, more: Partial<SyncActivityDeps> = {}) {
  const bases = { stripe: stripe.url };
  const activities = syncActivities(database, outbound, bases, { clock: activityClock, pageRecords: 10, ...more });
  const { syncsWork, ...short } = activities;
  return openWorker({
    taskQueue: MAIN_QUEUE,
    activities: short,
    queues: { [OUTBOUND_QUEUE]: { workflows: false, activities: { syncsWork } } },
    ...options,
  });
}

const now = () => new Date();
const tooMany = () =>
  Promise.reject(new ProviderError('RATE_LIMITED', 'Too many calls.', { retryAfterSeconds: 3_600 }));
const begin = () => tenant.run((ctx) => startSync(ctx, { integrationId }), now());
const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();
const result = (worker: TestWorker, generation: number) =>
  worker.client.workflow.getHandle(`sync:${tenant.organizationId}:${integrationId}:${generation}`).result();
const last = async () => (await tenant.run((ctx) => listSyncs(ctx, { integrationId, page: 1, limit: 1 }))).items[0]!;

describe('the process of a sync', () => {
  it('has one outcome when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const worker = await startWorker(
      { activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 },
      { sliceMs: 0 },
    );
    const { id } = await begin();
    await dispatch(worker);
    expect(await result(worker, 1)).toEqual({ status: 'completed', syncId: id });
    expect([...tool.struck.keys()]).toEqual(['syncsWork']);
    expect((await last()).counts.payments).toMatchObject({ created: 25, unchanged: 0 });
  });

  it('waits as long as the provider wants, and ends at once when it is cancelled meanwhile', async () => {
    const session = { call: tooMany, now, connection: { settings: {}, credentials: {} } };
    const worker = await startWorker({}, { openSession: () => session });
    await begin();
    await dispatch(worker);
    await vi.waitFor(async () => expect((await last()).status).toBe('running'), { timeout: 20_000 });
    await tenant.run((ctx) => cancelSync(ctx, { integrationId }), now());
    await dispatch(worker);
    expect(await result(worker, 1)).toMatchObject({ status: 'cancelled' });
    expect((await last()).status).toBe('cancelled');
  });

  it('begins again and again by a schedule that follows the settings, late by a share of its interval at most', async () => {
    const worker = await startWorker();
    const secrets = testSecrets();
    const settings = { intervalMinutes: 60 };
    const { id } = await tenant.run((ctx) =>
      installIntegration(ctx, { secrets, provider: 'stripe', credentials: { apiKey: 'sk' }, settings }),
    );
    await dispatch(worker);
    const handle = worker.client.schedule.getHandle(`sync:${tenant.organizationId}:${id}`);
    const { spec, policies } = await handle.describe();
    expect(spec.intervals).toMatchObject([{ every: 3_600_000 }]);
    expect([Number(spec.jitter), policies.overlap]).toEqual([900_000, 'SKIP']);
    await tenant.run((ctx) => updateIntegration(ctx, { secrets, id, active: false }));
    await dispatch(worker);
    await vi.waitFor(async () => expect((await handle.describe()).state.paused).toBe(true), { timeout: 10_000 });
    await tenant.run((ctx) => removeIntegration(ctx, { id }));
    await dispatch(worker);
    await vi.waitFor(() => expect(handle.describe()).rejects.toThrow(), { timeout: 10_000 });
  });

  it('of a change waits for further ones, and begins at once when something else asks', async () => {
    const worker = await startWorker({ maxCachedWorkflows: 0 });
    const ask = (trigger: 'change' | 'webhook') =>
      tenant.run((ctx) => requestSync(ctx, { integrationId, trigger }), now());
    await database.owner`
      insert into integration_sync_states (organization_id, integration_id, last_failed_at, consecutive_failures)
      values (${tenant.organizationId}, ${integrationId}, now(), 5)`;
    const { id } = await ask('change');
    await dispatch(worker);
    expect([(await ask('change')).id, (await last()).status]).toEqual([id, 'pending']);
    expect((await ask('webhook')).id).toBe(id);
    await dispatch(worker);
    expect(await result(worker, 1)).toEqual({ status: 'completed', syncId: id });
    expect((await last()).counts.payments).toMatchObject({ created: 25 });
  });

  it('makes the sync of a firing of its schedule itself, once, and skips one while another goes on', async () => {
    const worker = await startWorker({ maxCachedWorkflows: 0 });
    const input = { organizationId: tenant.organizationId, integrationId, syncId: null };
    const fire = (workflowId: string) =>
      worker.client.workflow.execute('integrationSync', { workflowId, taskQueue: MAIN_QUEUE, args: [input] });
    expect(await fire(`sync:${tenant.organizationId}:${integrationId}-1`)).toMatchObject({ status: 'completed' });
    expect(await last()).toMatchObject({ trigger: 'schedule', number: 1, status: 'completed' });
    await begin();
    expect(await fire(`sync:${tenant.organizationId}:${integrationId}-2`)).toEqual({ status: 'skipped', syncId: null });
  });
});
