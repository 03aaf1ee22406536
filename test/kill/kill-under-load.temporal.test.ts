import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { freePort } from '../../dev/host.ts';
import { createOrganization, createTestDatabase, type TestDatabase } from '../http/harness.ts';
import { type ProductProcess, superviseProcess } from '../processes/product-process.ts';
import { TEST_NAMESPACE } from '../temporal/namespace.ts';
import { Driver } from './driver.ts';
import { storedFacts, toldFacts } from './facts.ts';
import { Ledger } from './ledger.ts';

/** Of the API and of the worker, each. */
const KILLS = 20;
const CALLERS = 8;

let database: TestDatabase;
const processes: ProductProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await database?.drop();
});

/** The same numbers in every run, spread over [0, 1). */
function moments(count: number): number[] {
  let state = 7;
  return Array.from({ length: count }, () => {
    state = (state * 75 + 74) % 65_537;
    return state / 65_537;
  });
}

async function startProduct() {
  const [port, healthPort] = [await freePort(), await freePort()];
  const env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: TEST_NAMESPACE,
    RATE_LIMIT_GENERAL_PER_HOUR: '1000000',
    RATE_LIMIT_INGEST_PER_MINUTE: '1000000',
    PORT: String(port),
    WORKER_HEALTH_PORT: String(healthPort),
  };
  const api = superviseProcess('api', port, env);
  const worker = superviseProcess('workers', healthPort, env);
  processes.push(api, worker);
  return { api, worker, url: `http://127.0.0.1:${port}` };
}

describe('the product under load', () => {
  it(`keeps what it has acknowledged, once, and nothing else, though its API and its worker are killed ${KILLS} times`, async () => {
    const organization = await createOrganization(database);
    const { organizationId, key } = organization;
    const { api, worker, url } = await startProduct();
    await Promise.all([api.up(), worker.up()]);
    const ledger = new Ledger();
    const driver = new Driver({ url, organizationId, key }, ledger);
    const load = driver.run(CALLERS);

    const killApi = async () => {
      for (const moment of moments(KILLS)) {
        await api.up('/live');
        // It has worked again before it dies again.
        const { answers } = ledger;
        await vi.waitFor(() => expect(ledger.answers).toBeGreaterThan(answers + 10), { timeout: 30_000, interval: 5 });
        await sleep(moment * 300);
        api.kill();
      }
    };
    const killWorker = async () => {
      for (const [index, moment] of moments(KILLS).entries()) {
        // Some die while they are still coming up, and some only once a file or a run has come to its end.
        await worker.up(index % 3 === 0 ? '/live' : '/ready');
        const { ended } = ledger;
        if (index % 5 === 4) await vi.waitFor(() => expect(ledger.ended).toBeGreaterThan(ended), { timeout: 60_000 });
        else await sleep(moment * 700);
        worker.kill();
      }
    };
    await Promise.all([killApi(), killWorker()]);
    await Promise.all([api.up(), worker.up()]);
    driver.stop();
    await load;
    expect(ledger.wrong).toEqual([]);

    const left = () => database.owner<[{ uploads: number; runs: number; commands: number; events: number }]>`
      select (select count(*)::int from uploads where organization_id = ${organizationId}
                and status in ('pending', 'running')) as uploads,
             (select count(*)::int from attribution_runs where organization_id = ${organizationId}
                and status in ('pending', 'running')) as runs,
             (select count(*)::int from process_commands where organization_id = ${organizationId}
                and status = 'pending') as commands,
             (select count(*)::int from domain_events where organization_id = ${organizationId}
                and position is null) as events`;
    await vi.waitFor(async () => expect((await left())[0]).toEqual({ uploads: 0, runs: 0, commands: 0, events: 0 }), {
      timeout: 60_000,
      interval: 250,
    });

    const facts = await storedFacts(database.owner, organizationId);
    const expected = new Map([...ledger.acknowledged, ...ledger.sessions]);
    const lost = [...expected].filter(([name, id]) => facts.get(name)?.[0] !== id);
    const twice = [...facts].filter(([, ids]) => ids.length !== 1);
    const invented = [...facts.keys()].filter((name) => !ledger.sent.has(name) && !ledger.sessions.has(name));
    expect({ lost, twice, invented }).toEqual({ lost: [], twice: [], invented: [] });

    for (const { id, rows } of ledger.uploads) {
      const { json } = await driver.send('GET', `/v1/uploads/${id}`, undefined);
      expect(json.data).toMatchObject({ status: 'completed', created: rows, failed: 0, skipped: 0 });
    }
    for (const id of ledger.runs) {
      const { json } = await driver.send('GET', `/v1/attribution/runs/${id}`, undefined);
      expect(json.data).toMatchObject({ status: 'completed', generation: 1, published_generation: 1 });
    }
    // Each fact of a request was told of in exactly one event; an import tells of itself in one.
    const events = await toldFacts(database.owner, organizationId);
    expect([...expected.values()].filter((id) => events.get(id) !== 1)).toEqual([]);
    const [imports] = await database.owner<[{ count: number }]>`
      select count(*)::int as count from domain_events
      where organization_id = ${organizationId} and type = 'upload.completed'`;
    expect(imports.count).toBe(ledger.uploads.length);

    // The run was what it says: killed that often, while requests were under way and files came in.
    expect([api.kills, worker.kills]).toEqual([KILLS, KILLS]);
    expect(ledger.broken).toBeGreaterThan(KILLS);
    expect(expected.size).toBeGreaterThan(300);
    expect(ledger.uploads.length).toBeGreaterThan(1);
    expect(ledger.runs.length).toBeGreaterThan(1);
  }, 600_000);
});
