import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { freePort } from '../../dev/host.ts';
import { ingestConversion } from '../../services/data/index.ts';
import { createRun, getRun } from '../../services/insight/index.ts';
import { createTenant } from '../database.ts';
import { createOrganization, createTestDatabase, type TestDatabase } from '../http/harness.ts';
import { TcpProxy } from '../http/tcp-proxy.ts';
import { runScript } from '../processes/dying.ts';
import { type ProductProcess, superviseProcess } from '../processes/product-process.ts';
import { TEST_NAMESPACE } from './namespace.ts';
import { productWorkers } from './product-worker.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('a product whose Temporal server is away', () => {
  const processes: ProductProcess[] = [];
  let proxy: TcpProxy;
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    await proxy?.close();
  });

  it('takes runs and facts in, says what is degraded, and carries the run out when the server is back', async () => {
    const [host, temporalPort] = inject('temporalAddress').split(':') as [string, string];
    proxy = await TcpProxy.to(host, Number(temporalPort));
    const [port, healthPort] = [await freePort(), await freePort()];
    const env = {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: `127.0.0.1:${proxy.port}`,
      TEMPORAL_NAMESPACE: TEST_NAMESPACE,
      PORT: String(port),
      WORKER_HEALTH_PORT: String(healthPort),
    };
    const api = superviseProcess('api', port, env);
    const worker = superviseProcess('workers', healthPort, env);
    processes.push(api, worker);
    const { organizationId, key } = await createOrganization(database);
    const send = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-api-key': key, 'x-tenant-id': organizationId },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
      return { status: response.status, json: (await response.json()) as any };
    };
    await Promise.all([api.up(), worker.up()]);

    await proxy.cut();
    const customer_identifiers = [{ type: 'email', value: 'a@example.com' }];
    const touch = { external_interaction_id: 't', channel: 'call', started_at: '2026-06-01T10:00:00Z' };
    const sale = { external_event_id: 'c', event_type: 'purchase', amount_decimal: 10, currency: 'USD' };
    const facts = [
      await send('POST', '/v1/interactions', { ...touch, customer_identifiers }),
      await send('POST', '/v1/conversions', {
        ...sale,
        customer_identifiers,
        occurred_at: '2026-06-02T10:00:00Z',
        event_source: 'billing',
      }),
    ];
    expect(facts.map(({ status }) => status)).toEqual([201, 201]);
    const config = { time_window_hours: 72 };
    const created = await send('POST', '/v1/attribution/runs', { model_code: 'LINEAR', name: 'r', config });
    expect(created.status).toBe(201);
    const path = `/v1/attribution/runs/${created.json.data.id}`;
    const executed = await send('POST', `${path}/execute`, {});
    expect([executed.status, executed.json.data.status]).toEqual([200, 'running']);
    await vi.waitFor(
      async () => {
        const ready = await send('GET', '/ready');
        expect([ready.status, ready.json.degraded]).toEqual([200, expect.arrayContaining(['temporal'])]);
      },
      { timeout: 20_000, interval: 200 },
    );
    await sleep(1_000);
    expect((await send('GET', path)).json.data.status).toBe('running');

    await proxy.restore();
    await vi.waitFor(
      async () => {
        const { data } = (await send('GET', path)).json;
        expect(data).toMatchObject({ status: 'completed', generation: 1, conversions_attributed: 1 });
      },
      { timeout: 90_000, interval: 250 },
    );
  }, 240_000);
});

describe('a relay that is killed after a reaction', () => {
  const workers = productWorkers();
  afterEach(() => workers.killAll());

  it('has reacted once, and another process sends the command that it left behind', async () => {
    const tenant = await createTenant(database);
    const input = { modelCode: 'LINEAR' as const, name: 'r', config: {} };
    const { id: runId } = await tenant.run((ctx) => createRun(ctx, input));
    await tenant.run((ctx) =>
      ingestConversion(ctx, {
        externalEventId: 'c',
        eventType: 'purchase',
        customerIdentifiers: [{ type: 'email', value: 'a@example.com' }],
        amountDecimal: '10.00',
        currency: 'USD',
        occurredAt: new Date('2026-06-02T10:00:00Z'),
        eventSource: 'billing',
      }),
    );
    const state = () => database.owner`
      select (select count(*)::int from reaction_runs where organization_id = ${tenant.organizationId}) as reactions,
             (select count(*)::int from reaction_runs where organization_id = ${tenant.organizationId}
                and status = 'done' and attempts = 1) as done,
             (select array_agg(status) from process_commands
                where organization_id = ${tenant.organizationId}) as commands`;
    const run = () => runScript('relay-and-die.ts', database.url, runId);
    expect(await run()).toBe('SIGKILL');
    expect(await state()).toMatchObject([{ reactions: 1, done: 1, commands: ['pending'] }]);
    // What was done is not done again.
    expect(await run()).toBe(0);
    expect(await state()).toMatchObject([{ reactions: 1, done: 1, commands: ['pending'] }]);

    void workers.start(database.url);
    await vi.waitFor(
      async () =>
        expect(await tenant.run((ctx) => getRun(ctx, { runId }))).toMatchObject({ status: 'completed', generation: 1 }),
      { timeout: 90_000, interval: 200 },
    );
    expect(await state()).toMatchObject([{ reactions: 1, done: 1, commands: ['done'] }]);
  }, 240_000);
});
