import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../dev/host.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type ProductProcess, superviseProcess } from '../processes/product-process.ts';
import { TEST_NAMESPACE } from '../temporal/namespace.ts';
import { killTicketWorkers } from './kill-ticket-workers.ts';

/** Few; trial T2 has more of both. */
const TICKETS = 100;
const KILLS = 3;

let database: TestDatabase;
let worker: ProductProcess | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await worker?.stop();
  await database?.drop();
});

describe('the clocks of tickets', () => {
  it(`warn of each of ${TICKETS} once, and of none that was answered in time, though the worker is killed ${KILLS} times`, async () => {
    const port = await freePort();
    worker = superviseProcess('workers', port, {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: TEST_NAMESPACE,
      WORKER_HEALTH_PORT: String(port),
    });
    const { spared, ...counts } = await killTicketWorkers(database, worker, { tickets: TICKETS, kills: KILLS });
    expect(counts).toEqual({ tickets: TICKETS, lost: 0, duplicated: 0, unexpected: 0 });
    expect(spared).toBeGreaterThan(10);
  }, 180_000);
});
