import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createWebhookUpkeepActivities } from '../../activities/platform/webhook-upkeep.activities.ts';
import { createWebhookActivities } from '../../activities/platform/webhooks.activities.ts';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import { createOutbound } from '../../providers/http/outbound.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createProspect } from '../../services/crm/index.ts';
import { PUBLIC_EVENTS } from '../../services/outward/index.ts';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  listWebhookLogs,
  webhookReactions,
} from '../../services/platform/webhooks/index.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { runAllReactions } from '../../test/reactions.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { productWorkers } from '../../test/temporal/product-worker.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../test/webhook-receiver.ts';
import { testWebhookTools } from '../../test/webhooks.ts';
import { MAIN_QUEUE, OUTBOUND_QUEUE } from '../queues.contract.ts';

const OPEN = { production: false, allowLoopback: true };
const tools = testWebhookTools(OPEN);

let database: TestDatabase;
let tenant: TestTenant;
let receiver: WebhookReceiver;
let outbound: Outbound;
beforeAll(async () => {
  database = await createTestDatabase();
  outbound = createOutbound(OPEN);
});
beforeEach(async () => {
  tenant = await createTenant(database);
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  await receiver.close();
});
afterAll(async () => {
  await outbound?.close();
  await database?.drop();
});

/** Registered last, so that the workers stop first. */
const openWorker = testWorkers();
async function startWorker(options: Partial<TestWorkerOptions> = {}) {
  const activities = createWebhookActivities({
    db: database.app,
    clock: activityClock,
    tools,
    outbound,
    faultPoint: noFaults,
    lingerMs: 200,
  });
  return openWorker({
    taskQueue: MAIN_QUEUE,
    activities: {},
    queues: { [OUTBOUND_QUEUE]: { workflows: false, activities } },
    ...options,
  });
}

const run: TestTenant['run'] = (work) => tenant.run(work, new Date());
const endpoint = () =>
  run((ctx) => createWebhookEndpoint(ctx, { tools, fields: { url: receiver.url, events: ['prospect.created'] } }));
const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();
const prospects = async (count: number) => {
  for (let i = 0; i < count; i++) {
    await run((ctx) => createProspect(ctx, { email: `${crypto.randomUUID()}@example.com` }));
  }
  await runAllReactions(database, webhookReactions(PUBLIC_EVENTS));
};
const statuses = async (id: string) => {
  const page = await run((ctx) =>
    listWebhookLogs(ctx, { id, page: 1, limit: 200, sort: [{ field: 'createdAt', descending: false }] }),
  );
  return page.items.map(({ status }) => status);
};
const workflowId = (id: string, generation = 1) => `webhookDelivery:${tenant.organizationId}:${id}:${generation}`;
const isIdle = async (id: string) =>
  (await database.owner`select idle from webhook_queues where endpoint_id = ${id}`)[0]!.idle === true;
const settled = { timeout: 20_000, interval: 50 };

describe('the delivery process of an endpoint', () => {
  it('delivers what comes, sleeps, is woken by what comes later, and ends with its endpoint', async () => {
    const worker = await startWorker();
    const { id } = await endpoint();
    await dispatch(worker);
    await prospects(3);
    // On a busy machine it sleeps before they come.
    await dispatch(worker);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3), settled);
    await vi.waitFor(async () => expect(await isIdle(id)).toBe(true), settled);
    await prospects(2);
    expect(await isIdle(id)).toBe(false);
    await dispatch(worker);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(5), settled);
    await run((ctx) => deleteWebhookEndpoint(ctx, { id }));
    await dispatch(worker);
    expect(await worker.client.workflow.getHandle(workflowId(id)).result()).toEqual({ status: 'ended' });
  });

  it('tries again by itself after a failure', async () => {
    const worker = await startWorker();
    const { id } = await endpoint();
    let answers = 0;
    receiver.answerWith((response) => response.writeHead(answers++ === 0 ? 503 : 200).end());
    await prospects(1);
    await dispatch(worker);
    await vi.waitFor(async () => expect(await statuses(id)).toEqual(['delivered']), settled);
    expect(new Set(receiver.received.map((one) => one.id)).size).toBe(1);
    expect(receiver.received).toHaveLength(2);
  });

  it('has the same outcome when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const worker = await startWorker({ activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 });
    const { id } = await endpoint();
    await prospects(20);
    await dispatch(worker);
    await vi.waitFor(async () => expect(await statuses(id)).toEqual(Array(20).fill('delivered')), settled);
    await vi.waitFor(() => expect([...tool.struck.keys()]).toEqual(['webhooksDeliver']), settled);
    expect(receiver.received).toHaveLength(20);
  });

  it('is started anew by the upkeep when it is gone, and only then', async () => {
    const worker = await startWorker();
    const { id } = await endpoint();
    await dispatch(worker);
    await vi.waitFor(async () => expect(await isIdle(id)).toBe(true), settled);
    const upkeep = createWebhookUpkeepActivities({
      db: database.app,
      platformDb: database.platform,
      clock: { now: () => new Date(Date.now() + 600_000) },
      gateway: createProcessGateway(worker.client, PROCESSES),
    });
    await worker.client.workflow.getHandle(workflowId(id)).terminate();
    await prospects(1);
    await dispatch(worker);
    expect(await upkeep.webhookUpkeepRestart()).toBe(1);
    await dispatch(worker);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), settled);
    expect(await upkeep.webhookUpkeepRestart()).toBe(0);
    expect(await upkeep.webhookUpkeepPurge()).toBe(0);
    await vi.waitFor(async () => expect(await statuses(id)).toEqual(['delivered']), settled);
  });
});

describe('a worker process that is killed', () => {
  const workers = productWorkers();
  afterEach(() => workers.killAll());

  it('between a send and its record: another one sends it again under the same id, and none is lost', async () => {
    const { id, secret } = await endpoint();
    await prospects(10);
    const { signal } = await workers.start(database.url, 'webhooks.after-send=kill');
    expect(signal).toBe('SIGKILL');
    expect(receiver.received).toHaveLength(10);
    void workers.start(database.url);
    await vi.waitFor(async () => expect(await statuses(id)).toEqual(Array(10).fill('delivered')), {
      timeout: 90_000,
      interval: 200,
    });
    expect(receiver.received).toHaveLength(20);
    expect(new Set(receiver.received.map((one) => one.id)).size).toBe(10);
    expect(receiver.unverified(secret)).toEqual([]);
  }, 150_000);

  it('after a record: nothing is sent twice', async () => {
    const { id } = await endpoint();
    await prospects(10);
    const { signal } = await workers.start(database.url, 'webhooks.after-record=kill');
    expect(signal).toBe('SIGKILL');
    expect(await statuses(id)).toEqual(Array(10).fill('delivered'));
    void workers.start(database.url);
    await prospects(1);
    await vi.waitFor(async () => expect(await statuses(id)).toEqual(Array(11).fill('delivered')), {
      timeout: 90_000,
      interval: 200,
    });
    expect(receiver.received).toHaveLength(11);
  }, 150_000);
});
