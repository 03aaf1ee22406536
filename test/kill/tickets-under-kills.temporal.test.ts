import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { freePort } from '../../dev/host.ts';
import { createSla, createTicket, updateTicket } from '../../services/service/index.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../database.ts';
import { type ProductProcess, superviseProcess } from '../processes/product-process.ts';
import { TEST_NAMESPACE } from '../temporal/namespace.ts';

const TICKETS = 200;
const KILLS = 6;

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
    const tenant = await createTenant(database);
    const port = await freePort();
    worker = superviseProcess('workers', port, {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: TEST_NAMESPACE,
      WORKER_HEALTH_PORT: String(port),
    });
    await worker.up();
    const now = () => new Date();
    // Due in a minute, so the warning comes after twelve seconds: in the middle of the kills.
    const targets = { normal: { resolutionMinutes: 1 } };
    await tenant.run((ctx) => createSla(ctx, { name: 'Kills', isDefault: true, targets, warnAtPercent: 20 }), now());
    const ids: string[] = [];
    for (let number = 0; number < TICKETS; number++) {
      ids.push((await tenant.run((ctx) => createTicket(ctx, { subject: `Ticket ${number}` }), now())).id);
    }
    const begin = performance.now();
    const inTime = ids.filter((_, index) => index % 4 === 0).slice(TICKETS / 8);
    for (const id of inTime)
      await tenant.run((ctx) => updateTicket(ctx, { id, changes: { status: 'resolved' } }), now());
    for (let kill = 0; kill < KILLS; kill++) {
      await worker.up(kill % 2 === 0 ? '/live' : '/ready');
      await sleep(kill * 400);
      worker.kill();
    }
    await worker.up();
    await sleep(Math.max(0, 14_000 - (performance.now() - begin)));

    const told = () => database.owner<{ id: string; times: number; rows: number }[]>`
      select t.id, (select count(*)::int from domain_events e where e.entity_id = t.id and e.type = 'ticket.sla_warning') as times,
             (select count(*)::int from ticket_sla_events s where s.ticket_id = t.id and s.kind = 'warning') as rows
      from tickets t where t.organization_id = ${tenant.organizationId}`;
    const resolved = await database.owner<{ id: string }[]>`
      select t.id from tickets t
      where t.organization_id = ${tenant.organizationId} and t.resolved_at < t.opened_at + interval '12 seconds'`;
    const spared = new Set(resolved.map(({ id }) => id));
    await vi.waitFor(
      async () => {
        const rows = await told();
        expect(rows.filter(({ times }) => times > 0)).toHaveLength(TICKETS - spared.size);
      },
      { timeout: 40_000, interval: 500 },
    );
    for (const { id, times, rows } of await told()) {
      expect([id, times, rows]).toEqual([id, spared.has(id) ? 0 : 1, spared.has(id) ? 0 : 1]);
    }
    expect(spared.size).toBeGreaterThan(10);
  }, 180_000);
});
