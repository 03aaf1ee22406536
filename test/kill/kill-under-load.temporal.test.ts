import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { freePort } from '../../dev/host.ts';
import { createOrganization, createTestDatabase, type TestDatabase } from '../http/harness.ts';
import { type ProductProcess, superviseProcess } from '../processes/product-process.ts';
import { TEST_NAMESPACE } from '../temporal/namespace.ts';
import { killUnderLoad } from './kill-under-load.ts';

/** Each way of dying once: twice while coming up, twice at work, once after the end of a file or a run. The rest is trial F17. */
const KILLS = 5;

let database: TestDatabase;
const processes: ProductProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await database?.drop();
});

it(`the product keeps what it has acknowledged, once, and nothing else, though its API and its worker are killed ${KILLS} times each`, async () => {
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
  const [api, worker] = [superviseProcess('api', port, env), superviseProcess('workers', healthPort, env)];
  processes.push(api, worker);
  const product = { api, worker, url: `http://127.0.0.1:${port}` };
  const load = { kills: KILLS, callers: 8, pauseMs: 10 };
  const { ledger, facts, ...found } = await killUnderLoad(database, await createOrganization(database), product, load);
  expect(found).toEqual({ lost: [], twice: [], invented: [], toldWrongly: [], wrong: [] });

  // The run was what it says: killed that often, while requests were under way and files came in.
  expect([api.kills, worker.kills]).toEqual([KILLS, KILLS]);
  expect(ledger.broken).toBeGreaterThan(KILLS);
  expect(facts).toBeGreaterThan(100);
  expect(ledger.uploads.length).toBeGreaterThan(0);
  expect(ledger.runs.length).toBeGreaterThan(0);
}, 300_000);
